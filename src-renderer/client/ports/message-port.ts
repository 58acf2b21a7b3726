/**
 * The desktop window's door. Either side hangs up with a word of its own, since a MessagePort does not tell in every
 * Chromium that its other end is gone; of a host that died without a word the shell tells.
 */
import { createWirePort, type Port, type WirePort } from '@shared/rpc';
import { HANG_UP, HOST_LOST, HOST_OPENED } from '@shared/window-shell';
import { nativeShell } from './native-shell';

export type MessageEnd = Pick<MessagePort, 'postMessage' | 'onmessage' | 'close'>;

export function createMessagePort(end: MessageEnd): WirePort {
  const port = createWirePort({
    send: (text) => end.postMessage(text),
    close() {
      end.postMessage(HANG_UP);
      end.close();
    },
  });
  // Setting it also starts the end.
  end.onmessage = ({ data }) => {
    if (data !== HANG_UP) return port.receive(data);
    end.close();
    port.lose();
  };
  return port;
}

/** Asks the shell for a line to the host. Resolves once the host is up, however long it takes to start. */
export function connectMessagePort(): Promise<Port> {
  const shell = nativeShell();
  if (shell === undefined) return Promise.reject(new Error('Only the desktop window has a message port to the host.'));
  return new Promise((resolve) => {
    let port: WirePort | undefined;
    const hear = ({ source, data, ports }: MessageEvent) => {
      if (source !== window) return;
      if (data === HOST_LOST) port?.lose();
      if (data !== HOST_OPENED || ports[0] === undefined || port !== undefined) return;
      port = createMessagePort(ports[0]);
      port.onClose(() => window.removeEventListener('message', hear));
      resolve(port);
    };
    window.addEventListener('message', hear);
    shell.connectHost();
  });
}
