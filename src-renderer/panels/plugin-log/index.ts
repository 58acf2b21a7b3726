export { PluginLogPanel } from './plugin-log-panel';
