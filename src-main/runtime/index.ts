/** Plugins as running processes. */
export type { Artifact } from './artifact';
export type { PluginInstance } from './plugin-instance';
export { createSourceMapReader, type Insertion, insertIntoMap, type SourceMapDocument } from './source-map';
export { createSupervisor, type Supervisor } from './supervisor';
