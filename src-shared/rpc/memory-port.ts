/** Two ports that are each other's far end, for tests and for a host and a client in one process. */
import type { Port } from './port';
import { createWirePort, type WirePort } from './wire-port';

export function createMemoryPorts(): [Port, Port] {
  // Later, as over every real wire: what was posted is on its way, and nobody is called from within their own call.
  const later = (step: () => void) => void Promise.resolve().then(step);
  const createEnd = (far: () => WirePort): WirePort =>
    createWirePort({
      send: (text) => later(() => far().receive(text)),
      close: () => later(() => far().lose()),
    });
  const near: WirePort = createEnd(() => far);
  const far: WirePort = createEnd(() => near);
  return [near, far];
}
