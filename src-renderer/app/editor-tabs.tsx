/** What a tab of the centre shows, by its target. */
import type { EditorReveal } from '../editor/code-editor';
import { CodeEditorPanel } from '../panels/code-editor';
import { ConfigurationPanel } from '../panels/configuration/configuration-panel';
import { ManifestEditor } from '../panels/manifest/manifest-editor';
import { SampleView } from '../panels/run';
import type { EditorTarget } from '../stores/workbench';

interface EditorTabProps {
  readonly target: EditorTarget;
  readonly reveal: EditorReveal | undefined;
  onClose(): void;
}

export function EditorTab({ target, reveal, onClose }: EditorTabProps) {
  const { folder } = target;
  if (target.kind === 'configuration') return <ConfigurationPanel folder={folder} />;
  if (target.kind === 'sample') {
    return <SampleView folder={folder} sampleId={target.sampleId} file={target.file} reveal={reveal} />;
  }
  if (target.path === 'plugin.json') return <ManifestEditor folder={folder} reveal={reveal} />;
  return <CodeEditorPanel folder={folder} path={target.path} reveal={reveal} onClose={onClose} />;
}
