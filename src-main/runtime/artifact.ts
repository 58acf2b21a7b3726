/** What a build makes of a plugin's source, and a runner loads. */
export interface Artifact {
  /** CommonJS in one file, with its source map inline. */
  readonly code: string;
  /** What stack traces call it, such as plugin://static-analyzer/1.0.0/plugin.js. */
  readonly url: string;
  /** The export that is the plugin's class. */
  readonly className: string;
  /** Changes whenever the code or the class does. */
  readonly sourceHash: string;
}
