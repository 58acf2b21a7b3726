import { createMemoryPorts } from './memory-port';
import { describePort } from './port-conformance';

describePort('memory', async () => {
  const [near, far] = createMemoryPorts();
  return { near, far, dispose: () => near.close() };
});
