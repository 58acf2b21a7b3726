/**
 * plugin.json as a form beside its JSON. There is one document, the editor's text model: the form reads it and asks
 * for edits of it, so both sides always agree and share one undo history.
 */
import { messageOf } from '@shared/errors';
import { findNodeAtLocation, type JSONPath, parseTree } from 'jsonc-parser';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { CodeEditor, type EditorReveal } from '../../editor/code-editor';
import { useStores } from '../../stores/context';
import { Delayed } from '../../ui/delayed';
import { EmptyState } from '../../ui/empty-state';
import { Skeleton } from '../../ui/skeleton';
import { Splitter } from '../../ui/splitter';
import { Spacer, Toolbar } from '../../ui/toolbar';
import { useWidth } from '../../ui/use-width';
import { ViewChoice } from '../../ui/view-choice';
import classes from './manifest-editor.module.css';
import { ManifestFormView } from './manifest-form';
import { type ManifestForm, ManifestFormProvider } from './manifest-form-context';
import { type ManifestView, manifestViewsOf } from './manifest-views';
import { type ManifestDocument, parseManifest, placeOfError, setValue } from './model';
import { useDocumentText } from './use-document-text';
import { useManifestCheck } from './use-manifest-check';

export interface ManifestEditorProps {
  readonly folder: string;
  /** A place in the JSON to show; a new object shows it again. */
  readonly reveal?: EditorReveal | undefined;
}

const NO_DOCUMENT: ManifestDocument = {};

/** In pixels: the least that form and JSON need beside one another. */
const LEAST_FORM = 320;
const LEAST_JSON = 240;
const FORM_SHARE = 0.54;
const LEAST_SPLIT = LEAST_FORM + LEAST_JSON;

function lineOf(text: string, pointer: string): number {
  const path: JSONPath = pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, path);
  return text.slice(0, node?.offset ?? 0).split('\n').length;
}

export function ManifestEditor({ folder, reveal }: ManifestEditorProps) {
  const stores = useStores();
  const { documents, workbench } = stores;
  const { uri, text, error } = useDocumentText(folder, 'plugin.json');
  const views = manifestViewsOf(stores);
  const chosen = useStore(views, (state) => state[folder] ?? 'split');
  const setView = (view: ManifestView) => views.setState({ [folder]: view });
  const [body, width] = useWidth<HTMLDivElement>();
  const isNarrow = width < LEAST_SPLIT;
  const view = chosen === 'split' && isNarrow ? 'form' : chosen;
  const [asked, setAsked] = useState<EditorReveal>();
  const report = useManifestCheck(folder, uri ?? '', text);
  const parsed = useMemo(() => (text === undefined ? undefined : parseManifest(text)), [text]);
  const lastGood = useRef<ManifestDocument>(undefined);
  if (parsed !== undefined) lastGood.current = parsed;

  // What cannot be read has no fields to show: it is opened where it is wrong.
  const isOpened = text !== undefined;
  const isBroken = isOpened && parsed === undefined;
  const opened = useRef(false);
  useLayoutEffect(() => {
    if (!isOpened || opened.current) return;
    opened.current = true;
    if (!isBroken) return;
    views.setState({ [folder]: 'json' });
    const place = placeOfError(text);
    if (place !== undefined) setAsked(place);
  }, [isOpened, isBroken, text, views, folder]);

  // A place in the JSON was asked for.
  const shown = useRef(reveal);
  useEffect(() => {
    if (reveal === shown.current || width === 0) return;
    shown.current = reveal;
    if (reveal !== undefined && view === 'form') views.setState({ [folder]: isNarrow ? 'json' : 'split' });
  }, [reveal, view, views, folder, isNarrow, width]);

  if (error !== undefined) {
    return (
      <EmptyState icon="error" title="plugin.json cannot be opened">
        {messageOf(error)}
      </EmptyState>
    );
  }
  if (uri === undefined || text === undefined) {
    return (
      <Delayed>
        <Skeleton rows={12} label="Opening plugin.json" />
      </Delayed>
    );
  }

  // Several changes may come before the next drawing: each begins from the text as it is then.
  const current = () => documents.text(uri) ?? text;
  const form: ManifestForm = {
    text,
    document: parsed ?? lastGood.current ?? NO_DOCUMENT,
    diagnostics: report.diagnostics,
    entry: report.entry,
    broken: parsed === undefined,
    wasWhole: lastGood.current !== undefined,
    isJsonShown: view !== 'form',
    set(path, value) {
      form.edit(setValue(current(), path, value));
    },
    edit(edit) {
      if (edit !== undefined) documents.edit(uri, [edit], 'joined');
    },
    applyFix: ({ edits }) => documents.edit(uri, edits),
    endStep: () => documents.endStep(uri),
    showInJson(pointer) {
      if (view === 'form') setView(isNarrow ? 'json' : 'split');
      setAsked({ line: lineOf(current(), pointer) });
    },
    openEntry() {
      const { entry } = report;
      if (entry === undefined) return;
      workbench.openEditor({
        kind: 'file',
        folder,
        path: entry.file,
        ...(entry.line === undefined ? {} : { line: entry.line }),
      });
    },
  };

  const undoOnce = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    // The fields show the document: their own undo would disagree with it.
    event.preventDefault();
    event.stopPropagation();
    if (key === 'y' || event.shiftKey) documents.redo(uri);
    else documents.undo(uri);
  };

  const formView = (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for undo of the fields inside
    <div className={classes.side} onKeyDown={undoOnce}>
      <ManifestFormProvider value={form}>
        <ManifestFormView />
      </ManifestFormProvider>
    </div>
  );
  const json = <CodeEditor label="plugin.json" uri={uri} language="json" reveal={asked ?? reveal} />;

  return (
    <div className={classes.editor}>
      <Toolbar label="Manifest">
        <span className={classes.dim}>{summaryOf(report.diagnostics)}</span>
        <Spacer />
        <ViewChoice
          text={{ value: 'json', label: 'JSON' }}
          value={view}
          room={{ needed: LEAST_SPLIT, there: width }}
          onChoose={setView}
        />
      </Toolbar>
      <div ref={body} className={classes.body}>
        {view === 'form' && formView}
        {view === 'json' && json}
        {view === 'split' && (
          <Splitter
            label="Width of the form"
            direction="columns"
            initial={Math.max(LEAST_FORM, Math.round(width * FORM_SHARE))}
            min={LEAST_FORM}
            minRest={LEAST_JSON}
          >
            {formView}
            {json}
          </Splitter>
        )}
      </div>
    </div>
  );
}

function summaryOf(diagnostics: ManifestForm['diagnostics']): string {
  const count = (severity: string) => diagnostics.filter((problem) => problem.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (errors + warnings === 0) return 'Every check passes';
  const parts = [
    errors > 0 && `${errors} ${errors === 1 ? 'error' : 'errors'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
