/** Two versions of a text side by side; the right one is an open document and can be edited. */
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
  /** The open document on the right. */
  readonly uri: string;
}

export function TextComparison({ label, original, uri }: TextComparisonProps) {
  const monaco = useMonaco();
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const modified = monaco === undefined ? undefined : findModel(monaco, uri);
    if (monaco === undefined || element.current === null || modified === undefined) return;
    const left = monaco.editor.createModel(original, languageOf(uri));
    const diff = monaco.editor.createDiffEditor(element.current, {
      ...editorOptions,
      glyphMargin: false,
      originalEditable: false,
      renderSideBySide: true,
      useInlineViewWhenSpaceIsLimited: false,
      modifiedAriaLabel: label,
    });
    diff.setModel({ original: left, modified });
    return () => {
      diff.dispose();
      left.dispose();
    };
  }, [monaco, original, uri, label]);

  return monaco === undefined ? <Skeleton rows={12} /> : <div ref={element} className={styles.editor} />;
}
