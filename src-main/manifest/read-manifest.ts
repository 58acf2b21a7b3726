/** The manifest as the runtime takes it: complete with the contract's defaults, and only where nothing is wrong. */
import type { Diagnostic, EntryPoint, ManifestReport } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { type Manifest, ManifestSchema } from '@shared/schemas';
import { Value } from 'typebox/value';
import { folderGone } from '../files';
import { checkManifest } from './check-manifest';

export interface ManifestReading {
  readonly manifest: Manifest;
  readonly entry: EntryPoint;
  readonly report: ManifestReport;
}

/** @throws StudioError plugins/invalid-manifest (data: {folder, diagnostics}) where a check finds an error; workspace/folder-gone. */
export async function readManifest(folder: string): Promise<ManifestReading> {
  const report = await checkManifest(folder);
  const { document, entry } = report;
  const errors = report.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || document === undefined || entry === undefined) throw invalid(folder, report, errors);
  const complete = { ...structuredClone(document), capabilities: document.capabilities ?? {} };
  return { manifest: Value.Default(ManifestSchema, complete) as Manifest, entry, report };
}

function invalid(folder: string, { diagnostics }: ManifestReport, errors: readonly Diagnostic[]) {
  const [first] = errors;
  if (first?.code === 'workspace/folder-gone') return folderGone(folder);
  if (first?.code === 'manifest/missing') {
    return new StudioError('plugins/invalid-manifest', first.message, { data: { folder, diagnostics } });
  }
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors, first`;
  const place = first === undefined ? '' : ` in line ${first.range.startLine}`;
  return new StudioError('plugins/invalid-manifest', `plugin.json has ${count}${place}: ${first?.message ?? ''}`, {
    data: { folder, diagnostics },
  });
}
