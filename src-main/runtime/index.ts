/** Plugins as running processes. */
export type { Artifact } from './artifact';
export type { PluginInstance } from './plugin-instance';
export {
  createSourceMapReader,
  type Insertion,
  insertIntoMap,
  readInlineMap,
  type SourceMapDocument,
  withInlineMap,
} from './source-map';
export { createSupervisor, type Supervisor } from './supervisor';
