export { connectHost } from './connect-host';
export { nativeShell } from './native-shell';
