/** Two versions of a text side by side. The right one is an open document, which can be edited, or a text to look at. */
import { useEffect, useRef } from 'react';
import { Skeleton } from '../ui/skeleton';
import styles from './code-editor.module.css';
import { editorOptions } from './editor-options';
import { languageOf } from './language';
import { findModel } from './models';
import { useMonaco } from './monaco';

interface TextComparisonProps {
  readonly label: string;
  /** The text that stands on the left. */
  readonly original: string;
  /** The open document on the right; with `text` any name that says the language. */
  readonly uri: string;
  /** The text that stands on the right where it is no open document. */
  readonly text?: string;
}

export function TextComparison({ label, original, uri, text }: TextComparisonProps) {
  const monaco = useMonaco();
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (monaco === undefined || element.current === null) return;
    const own = text === undefined ? undefined : monaco.editor.createModel(text, languageOf(uri));
    const right = own ?? findModel(monaco, uri);
    if (right === undefined) return;
    const left = monaco.editor.createModel(original, languageOf(uri));
    const diff = monaco.editor.createDiffEditor(element.current, {
      ...editorOptions,
      glyphMargin: false,
      originalEditable: false,
      readOnly: own !== undefined,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: false,
      modifiedAriaLabel: label,
    });
    diff.setModel({ original: left, modified: right });
    return () => {
      diff.dispose();
      left.dispose();
      own?.dispose();
    };
  }, [monaco, original, uri, text, label]);

  return monaco === undefined ? <Skeleton rows={12} /> : <div ref={element} className={styles.editor} />;
}
