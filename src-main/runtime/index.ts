/** Plugins as running processes. */
export type { Artifact } from './artifact';
export {
  createSourceMapReader,
  type Insertion,
  insertIntoMap,
  readInlineMap,
  type SourceMapDocument,
  withInlineMap,
} from './source-map';
