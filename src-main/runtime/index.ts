/** Plugins as running processes. */
export type { Artifact } from './artifact';
export { type LifecycleStep, transition } from './lifecycle';
export type { CallOptions } from './pending-calls';
export type { PluginInstance } from './plugin-instance';
export type { PluginLog } from './plugin-log';
export { DEFAULT_LIMITS, type RuntimeLimits } from './runtime-limits';
export {
  createSourceMapReader,
  type Insertion,
  insertIntoMap,
  readInlineMap,
  type SourceMapDocument,
  withInlineMap,
} from './source-map';
export { createSupervisor, type StartOptions, type Supervisor, type SupervisorOptions } from './supervisor';
