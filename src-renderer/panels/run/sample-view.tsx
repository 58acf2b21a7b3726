/**
 * A sample's text with what was found in it: dots, tints and underlines on its lines. It follows the finding that the
 * table has chosen, and a click on a line chooses the finding there.
 */
import { Button } from '@mantine/core';
import type { Finding, Sample, SampleContent } from '@shared/contracts';
import { isStudioError, messageOf } from '@shared/errors';
import type { editor } from 'monaco-editor';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { CodeEditor, type CodeEditorProps, type EditorReveal } from '../../editor/code-editor';
import { useClient, useStores } from '../../stores/context';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { findingOnLine, marksOf } from './finding-marks';
import { SampleFiles } from './sample-files';
import { useShownRun } from './use-active-sample';

interface SampleViewProps {
  readonly folder: string;
  readonly sampleId: string;
  /** A file inside a folder sample. */
  readonly file?: string | undefined;
  readonly reveal?: EditorReveal | undefined;
}

export function SampleView({ folder, sampleId, file, reveal }: SampleViewProps) {
  const { runs, notices } = useStores();
  const samples = useStore(runs, (state) => state.samples[folder]);
  const sample = samples?.find(({ id }) => id === sampleId);
  useEffect(() => {
    if (samples === undefined) runs.loadSamples(folder).catch(notices.report);
  }, [samples, folder, runs, notices]);

  if (samples === undefined) return <Skeleton rows={12} label="Reading samples" />;
  if (sample === undefined) {
    return (
      <EmptyState icon="beaker" title="This sample is gone">
        It was removed from the samples of its plugin, or its file is not there any more.
      </EmptyState>
    );
  }
  if (sample.kind === 'folder' && file === undefined) return <SampleFiles folder={folder} sample={sample} />;
  return <SampleText key={file} folder={folder} sample={sample} file={file} reveal={reveal} />;
}

interface SampleTextProps {
  readonly folder: string;
  readonly sample: Sample;
  readonly file: string | undefined;
  readonly reveal: EditorReveal | undefined;
}

const NO_FINDINGS: readonly Finding[] = [];

function SampleText({ folder, sample, file, reveal }: SampleTextProps) {
  const { runs } = useStores();
  const { content, failure, retry } = useContent(folder, sample, file);
  const run = useShownRun(folder, sample.id);
  const selected = useStore(runs, ({ selectedFinding }) => selectedFinding?.fingerprint);

  const findings = useMemo(() => {
    const all = run?.findings ?? NO_FINDINGS;
    return file === undefined ? all : all.filter(({ result }) => result.location?.file === file);
  }, [run, file]);
  const text = content?.text;
  const marks = useMemo(
    () => (text === undefined ? undefined : marksOf(text, findings, selected)),
    [text, findings, selected],
  );
  const target = useReveal(findings, selected, reveal);

  const select = (line: number, step: boolean) => {
    const onLine = findings.filter(({ result }) => result.location?.line === line);
    // The cursor on the line of the chosen finding says nothing new; a click on its dot asks for the next one there.
    if (!step && onLine.some(({ fingerprint }) => fingerprint === selected)) return;
    const finding = findingOnLine(findings, line, selected);
    if (finding !== undefined && run !== undefined) {
      runs.selectFinding({ runId: run.runId, fingerprint: finding.fingerprint });
    }
  };
  const latest = useRef(select);
  latest.current = select;
  const onMount: CodeEditorProps['onMount'] = (instance) => {
    instance.onDidChangeCursorPosition(({ position, source }: editor.ICursorPositionChangedEvent) => {
      if (source === 'mouse' || source === 'keyboard') latest.current(position.lineNumber, false);
    });
  };

  if (failure !== undefined) return <Unreadable error={failure} onRetry={retry} />;
  if (text === undefined) return <Skeleton rows={12} label="Reading the sample" />;
  const name = file ?? sample.name;
  return (
    <CodeEditor
      label={`Sample ${name}`}
      uri={`sample://studio/${encodeURIComponent(folder)}/${encodeURIComponent(sample.id)}/${encodeURI(name)}`}
      text={text}
      readOnly
      {...(marks === undefined ? {} : { marks })}
      reveal={target}
      onSelectLine={(line) => select(line, true)}
      onMount={onMount}
    />
  );
}

/** Where to look: at the place that was asked for, or at the chosen finding, whichever came last. */
function useReveal(findings: readonly Finding[], selected: string | undefined, asked: EditorReveal | undefined) {
  const [target, setTarget] = useState(asked);
  useEffect(() => {
    if (asked !== undefined) setTarget(asked);
  }, [asked]);
  const place = findings.find(({ fingerprint }) => fingerprint === selected)?.result.location;
  const [line, column] = [place?.line, place?.column];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another finding on the same line is looked at anew
  useEffect(() => {
    if (line !== undefined) setTarget({ line, ...(column === undefined ? {} : { column }) });
  }, [selected, line, column]);
  return target;
}

function useContent(folder: string, sample: Sample, file: string | undefined) {
  const client = useClient();
  const [content, setContent] = useState<SampleContent>();
  const [failure, setFailure] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sample is another object when its file has changed
  useEffect(() => {
    let left = false;
    client.runs.readSample({ folder, sampleId: sample.id, ...(file === undefined ? {} : { file }) }).then(
      (read) => {
        if (left) return;
        setContent(read);
        setFailure(undefined);
      },
      (error: unknown) => {
        if (!left) setFailure(error);
      },
    );
    return () => {
      left = true;
    };
  }, [client, folder, sample, file, attempt]);
  return { content, failure, retry: () => setAttempt(attempt + 1) };
}

function Unreadable({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  // It is as large when it is read again; its list follows the file.
  const mayPass = !isStudioError(error, 'runs/sample-too-large') && !isStudioError(error, 'runs/sample-binary');
  const [icon, title] = isStudioError(error, 'runs/sample-too-large')
    ? ['file-zip', 'Too large to show']
    : isStudioError(error, 'runs/sample-binary')
      ? ['file-binary', 'Not a text']
      : ['error', 'The sample cannot be read'];
  return (
    <EmptyState icon={icon} title={title} actions={mayPass && <Button onClick={onRetry}>Try again</Button>}>
      {messageOf(error)}
    </EmptyState>
  );
}
