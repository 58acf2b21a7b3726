/** What a window without its host may promise: only the desktop window starts another host itself. */
export const whatComesOfLoss = (isDesktop: boolean, port: string): string =>
  isDesktop
    ? 'The connection to the host is lost. It is being started again; what you typed is kept.'
    : 'The connection to the host is lost; what you typed is kept here. If the studio has ended, start it with ' +
      `--port ${port} and open its new link in this browser: this window goes on. With another port it cannot; copy ` +
      'your text out.';
