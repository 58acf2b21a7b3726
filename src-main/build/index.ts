/** A plugin's source becomes what a runner loads; what is wrong with it becomes diagnostics. */
export { createPluginBuilder, type PluginBuilder } from './plugin-builder';
