/** What a build makes of a plugin's source, and a runner loads. */
import type { SourceMapDocument } from './source-map';

export interface Artifact {
  /** CommonJS in one file. */
  readonly code: string;
  /** Where the code comes from. The host keeps it: sending it along would double what a process has to load. */
  readonly readMap?: () => SourceMapDocument;
  /** What stack traces call it, such as plugin://static-analyzer/1.0.0/plugin.js. */
  readonly url: string;
  /** The export that is the plugin's class. */
  readonly className: string;
  /** Changes whenever the code or the class does. */
  readonly sourceHash: string;
}
