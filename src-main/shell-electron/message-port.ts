/** The host's end of a desktop window's line; the other is in src-renderer/client/ports. */
import { createWirePort, type Port } from '@shared/rpc';
import { HANG_UP } from '@shared/window-shell';

/** As much of Electron's MessagePortMain as a port needs. */
export interface MainMessageEnd {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function createMainMessagePort(end: MainMessageEnd): Port {
  const port = createWirePort({
    send: (text) => end.postMessage(text),
    close() {
      end.postMessage(HANG_UP);
      end.close();
    },
  });
  end.on('message', ({ data }) => {
    if (data !== HANG_UP) return port.receive(data);
    end.close();
    port.lose();
  });
  end.on('close', () => port.lose());
  end.start();
  return port;
}
