/** The request as JSON. While it cannot be read it is kept as it was typed, the place is marked, and nothing runs. */
import { useMemo, useRef, useState } from 'react';
import { CodeEditor, type CodeEditorProps } from '../../editor/code-editor';
import type { Mark } from '../../editor/marks';
import { patchBetween, type RequestDocument } from '../../stores/request-edits';
import { Icon } from '../../ui/icon';
import { printRequest, readRequest } from './request-json';
import styles from './request-panel.module.css';
import type { RequestOfSample } from './use-request';

interface RequestJsonProps {
  readonly folder: string;
  readonly sampleId: string;
  readonly request: RequestOfSample;
  readonly document: RequestDocument;
}

const NO_MARKS: readonly Mark[] = [];

export function RequestJson({ folder, sampleId, request, document }: RequestJsonProps) {
  const { draft } = request.edits;
  const [typed, setTyped] = useState<string>();
  const text = draft?.text ?? textFor(document, typed);
  const read = useMemo(() => readRequest(text, document), [text, document]);
  const latest = useRef({ request, document, text });
  latest.current = { request, document, text };

  const onMount: CodeEditorProps['onMount'] = (editor) => {
    editor.onDidChangeModelContent(() => {
      const next = editor.getValue();
      if (next === latest.current.text) return;
      const result = readRequest(next, latest.current.document);
      setTyped(next);
      if (result.problem === undefined) latest.current.request.change(result.document);
      else latest.current.request.keepDraft(next, `line ${result.problem.line}: ${result.problem.message}`);
    });
  };

  const { problem } = read;
  const marks = useMemo<readonly Mark[]>(
    () =>
      problem === undefined
        ? NO_MARKS
        : [{ line: problem.line, startColumn: problem.column, severity: 'error', message: problem.message }],
    [problem],
  );
  return (
    <div className={styles.json}>
      <div className={styles.editor}>
        <CodeEditor
          label="Request as JSON"
          uri={`request://studio/${encodeURIComponent(folder)}/${encodeURIComponent(sampleId)}/request.json`}
          text={text}
          language="json"
          marks={marks}
          onMount={onMount}
        />
      </div>
      {problem !== undefined && (
        <p role="alert" className={styles.problem}>
          <Icon name="error" size={14} color="var(--critical)" />
          <span>
            Line {problem.line}, column {problem.column}: {problem.message} Nothing runs until this can be read.
          </span>
        </p>
      )}
    </div>
  );
}

/** What was typed, as long as it says the same as the document; its spaces are the person's. */
function textFor(document: RequestDocument, typed: string | undefined): string {
  if (typed !== undefined) {
    const read = readRequest(typed, document);
    if (read.problem === undefined && patchBetween(document, read.document) === undefined) return typed;
  }
  return printRequest(document);
}
