export { registerPluginsCommands } from './plugins-commands';
export { PluginsPanel } from './plugins-panel';
