/**
 * Two versions of a text: side by side, or in one where there is little room, with the names of both above. The right
 * one is an open document, which can be edited, or a text to look at.
 */
import { useEffect, useRef } from 'react';
import { Skeleton } from '../ui/skeleton';
import { useWidth } from '../ui/use-width';
import { editorOptions } from './editor-options';
import { languageOf } from './language';
import { findModel } from './models';
import { useMonaco } from './monaco';
import styles from './text-comparison.module.css';

interface TextComparisonProps {
  readonly label: string;
  /** The text that stands on the left. */
  readonly original: string;
  /** The open document on the right; with `text` any name that says the language. */
  readonly uri: string;
  /** The text that stands on the right where it is no open document. */
  readonly text?: string;
}

/** In pixels: the least that two texts need beside each other. */
const LEAST_FOR_TWO = 800;

export function TextComparison({ label, original, uri, text }: TextComparisonProps) {
  const monaco = useMonaco();
  const element = useRef<HTMLDivElement>(null);
  const [root, width] = useWidth<HTMLDivElement>();
  const isWide = width >= LEAST_FOR_TWO;
  const isKnown = width > 0;

  useEffect(() => {
    if (monaco === undefined || element.current === null || !isKnown) return;
    const own = text === undefined ? undefined : monaco.editor.createModel(text, languageOf(uri));
    const right = own ?? findModel(monaco, uri);
    if (right === undefined) return;
    const left = monaco.editor.createModel(original, languageOf(uri));
    const diff = monaco.editor.createDiffEditor(element.current, {
      ...editorOptions,
      glyphMargin: false,
      originalEditable: false,
      readOnly: own !== undefined,
      renderSideBySide: isWide,
      useInlineViewWhenSpaceIsLimited: false,
      modifiedAriaLabel: label,
    });
    diff.setModel({ original: left, modified: right });
    return () => {
      diff.dispose();
      left.dispose();
      own?.dispose();
    };
  }, [monaco, original, uri, text, label, isWide, isKnown]);

  return (
    <div ref={root} className={styles.root}>
      <div className={styles.sides} data-wide={isWide || undefined}>
        <span>− On disk</span>
        <span>+ Yours, not saved</span>
      </div>
      {monaco === undefined ? <Skeleton rows={12} /> : <div ref={element} className={styles.texts} />}
    </div>
  );
}
