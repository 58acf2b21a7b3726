export { connectHost } from './connect-host';
export { connectMessagePort } from './message-port';
export { nativeShell } from './native-shell';
export { connectWebSocket } from './web-socket';
