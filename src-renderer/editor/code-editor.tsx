/**
 * One text in an editor. It either shows a document that is open already, or holds a text of its own that nobody else
 * edits. Where it was scrolled to, and where the cursor stood, comes back with the address.
 */
import { Editor, type OnMount } from '@monaco-editor/react';
import type { editor } from 'monaco-editor';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { pageTheme } from '../ui/resolved-theme';
import { Skeleton } from '../ui/skeleton';
import './editor.css';
import styles from './code-editor.module.css';
import { editorOptions } from './editor-options';
import { languageOf, plainLanguageOf } from './language';
import { decorationsOf, type Mark } from './marks';
import { ensureModel, findModel } from './models';
import { useMonaco } from './monaco';
import type { Monaco } from './monaco-types';

/** A place to bring into view. A new object moves there again, also where the place is the same. */
export interface EditorReveal {
  readonly line: number;
  readonly column?: number;
}

export interface CodeEditorProps {
  /** What a screen reader calls it. */
  readonly label: string;
  /** An open document's, or with `text` any address that is only used here. */
  readonly uri: string;
  readonly text?: string;
  /** One of Monaco's; by default what the address ends in says it. */
  readonly language?: string;
  readonly readOnly?: boolean;
  readonly marks?: readonly Mark[];
  readonly reveal?: EditorReveal | undefined;
  /** A click on a marked line's dot. */
  readonly onSelectLine?: (line: number) => void;
  readonly onMount?: (editor: editor.IStandaloneCodeEditor, monaco: Monaco) => void;
}

const viewStates = new Map<string, editor.ICodeEditorViewState>();
const NO_MARKS: readonly Mark[] = [];
/** Monaco's name for scrolling without an animation. */
const IMMEDIATE = 1;
/** In pixels; less is a place that is not laid out yet. */
const LEAST_WIDTH = 80;

export function CodeEditor(props: CodeEditorProps) {
  const monaco = useMonaco();
  return monaco === undefined ? (
    <Skeleton rows={12} label="Loading the editor" />
  ) : (
    <LoadedEditor {...props} monaco={monaco} />
  );
}

function LoadedEditor({ monaco, ...props }: CodeEditorProps & { readonly monaco: Monaco }) {
  const { label, uri, text, readOnly = false, marks = NO_MARKS, reveal } = props;
  const { language = readOnly ? plainLanguageOf(uri) : languageOf(uri) } = props;
  const latest = useRef(props);
  latest.current = props;
  const theme = useStore(pageTheme, (page) => page.theme);
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor>();

  const mount: OnMount = (created) => {
    // The library begins with an empty text of its own; ours come from the open documents.
    created.getModel()?.dispose();
    created.onMouseDown(({ target }) => {
      const inGutter = target.type === monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN;
      if (inGutter && target.position !== null) latest.current.onSelectLine?.(target.position.lineNumber);
    });
    setInstance(created);
    latest.current.onMount?.(created, monaco);
  };

  useEffect(() => {
    instance?.updateOptions({ readOnly, domReadOnly: readOnly, ariaLabel: label });
  }, [instance, readOnly, label]);

  const isOwn = text !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a text of its own is kept up to date by the next effect
  useEffect(() => {
    if (instance === undefined) return;
    const model = isOwn ? ensureModel(monaco, uri, text, language) : findModel(monaco, uri);
    instance.setModel(model ?? null);
    const viewState = viewStates.get(uri);
    if (viewState !== undefined) instance.restoreViewState(viewState);
    return () => {
      const left = instance.saveViewState();
      if (left !== null) viewStates.set(uri, left);
      if (instance.getModel() === model) instance.setModel(null);
      // Another tab may show the same text: the last to leave takes it along.
      if (isOwn && model?.isAttachedToEditor() === false) model.dispose();
    };
  }, [instance, monaco, uri, isOwn, language]);

  useEffect(() => {
    if (instance !== undefined && text !== undefined) ensureModel(monaco, uri, text, language);
  }, [instance, monaco, uri, text, language]);

  useMarks(instance, uri, text, marks);

  useEffect(() => {
    if (instance === undefined || reveal === undefined) return;
    instance.setPosition({ lineNumber: reveal.line, column: reveal.column ?? 1 });
    showPlace(instance, reveal);
  }, [instance, reveal]);

  return (
    <Editor
      className={styles.editor ?? ''}
      theme={`studio-${theme}`}
      options={editorOptions}
      keepCurrentModel
      loading={null}
      onMount={mount}
    />
  );
}

/** Lines have their beginning on the screen wherever the place allows it. */
function showPlace(instance: editor.IStandaloneCodeEditor, { line, column = 1 }: EditorReveal) {
  const show = () => {
    instance.revealLineInCenterIfOutsideViewport(line, IMMEDIATE);
    const { contentWidth } = instance.getLayoutInfo();
    const fromStart = instance.getOffsetForColumn(line, column);
    if (fromStart < contentWidth) instance.setScrollLeft(0, IMMEDIATE);
    else instance.revealPosition({ lineNumber: line, column }, IMMEDIATE);
  };
  const hasRoom = ({ height, contentWidth }: editor.EditorLayoutInfo) => height > 0 && contentWidth > LEAST_WIDTH;
  // A tab that was just opened has no size yet, and then every line is at its top and every column beyond its end.
  if (hasRoom(instance.getLayoutInfo())) return show();
  const listener = instance.onDidLayoutChange((layout) => {
    if (!hasRoom(layout)) return;
    listener.dispose();
    show();
  });
}

/** Draws the marks, and again when there is more or less room for what they say. */
function useMarks(
  instance: editor.IStandaloneCodeEditor | undefined,
  uri: string,
  text: string | undefined,
  marks: readonly Mark[],
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address or text is another place for the marks
  useEffect(() => {
    if (instance === undefined || marks.length === 0) return;
    const collection = instance.createDecorationsCollection();
    const draw = () => {
      const model = instance.getModel();
      if (model === null) return;
      collection.set(
        decorationsOf(marks, {
          lineCount: model.getLineCount(),
          lineLength: (line) => model.getLineLength(line),
          columns: instance.getLayoutInfo().viewportColumn,
        }),
      );
    };
    draw();
    const listeners = [instance.onDidLayoutChange(draw), instance.onDidChangeModelContent(draw)];
    return () => {
      for (const listener of listeners) listener.dispose();
      collection.clear();
    };
  }, [instance, uri, text, marks]);
}
