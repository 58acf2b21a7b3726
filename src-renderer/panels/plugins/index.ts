export { PluginsPanel } from './plugins-panel';
