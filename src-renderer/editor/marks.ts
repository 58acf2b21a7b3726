/**
 * What a line has to say: a dot in the gutter, a tint, a wavy line under the place and a sentence after the text.
 * Lines with several marks show the gravest and count the others.
 */
import type { editor } from 'monaco-editor';

export type MarkSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info' | 'error' | 'warning';

export interface Mark {
  /** From 1. */
  readonly line: number;
  readonly endLine?: number;
  readonly startColumn?: number;
  /** Exclusive. */
  readonly endColumn?: number;
  readonly severity: MarkSeverity;
  readonly message: string;
  /** What says less in less room, longest first. */
  readonly shorter?: readonly string[];
  readonly selected?: boolean;
}

const GRAVITY: readonly MarkSeverity[] = ['critical', 'error', 'high', 'warning', 'medium', 'low', 'info'];
const GAP = 3;
/** Letters of the interface's font that fit where ten of the code's fit. */
const NARROWER = 12;

/** What the decorations need to know of the text and of the room there is. */
export interface MarkedText {
  readonly lineCount: number;
  lineLength(line: number): number;
  /** Columns that fit into the editor's width. */
  readonly columns: number;
}

/** Fewer letters of a sentence tell nothing. */
const FEWEST_LETTERS = 32;

/** The longest that fits whole; of a sentence that has nothing shorter its beginning, where that says enough. */
function fitting({ message, shorter = [] }: Mark, others: number, letters: number): string | undefined {
  const counted = [message, ...shorter].map((each) => (others === 0 ? each : `${each} (+${others})`));
  const whole = counted.find((each) => each.length <= letters);
  if (whole !== undefined || shorter.length > 0 || letters < FEWEST_LETTERS) return whole;
  return `${counted[0]?.slice(0, letters - 1)}…`;
}

export function decorationsOf(marks: readonly Mark[], text: MarkedText): editor.IModelDeltaDecoration[] {
  const byLine = new Map<number, Mark[]>();
  for (const mark of marks) {
    if (mark.line < 1 || mark.line > text.lineCount) continue;
    byLine.set(mark.line, [...(byLine.get(mark.line) ?? []), mark]);
  }
  return [...byLine].flatMap(([line, onLine]) => {
    const ranked = [...onLine].sort((a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity));
    const gravest = ranked.find(({ selected }) => selected) ?? ranked[0]!;
    return [
      lineDecoration(line, gravest, ranked, text),
      ...ranked.map((mark) => squiggle(mark, text)),
      trailer(line, gravest, ranked.length - 1, text),
    ].filter((decoration) => decoration !== undefined);
  });
}

const wholeLine = (line: number) => ({ startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 });

function lineDecoration(
  line: number,
  mark: Mark,
  all: readonly Mark[],
  text: MarkedText,
): editor.IModelDeltaDecoration {
  return {
    range: { ...wholeLine(line), endLineNumber: Math.min(mark.endLine ?? line, text.lineCount) },
    options: {
      isWholeLine: true,
      className: `mark-line mark-${mark.severity}${mark.selected === true ? ' mark-selected' : ''}`,
      glyphMarginClassName: `mark-dot mark-${mark.severity}`,
      glyphMarginHoverMessage: all.map(({ severity, message }) => ({ value: `${severity}: ${message}` })),
      overviewRuler: { color: { id: overviewColor(mark.severity) }, position: 2 },
    },
  };
}

const overviewColor = (severity: MarkSeverity) => {
  if (severity === 'critical' || severity === 'error') return 'editorError.foreground';
  return severity === 'low' || severity === 'info' ? 'editorInfo.foreground' : 'editorWarning.foreground';
};

function squiggle(mark: Mark, text: MarkedText): editor.IModelDeltaDecoration {
  const endLine = Math.min(mark.endLine ?? mark.line, text.lineCount);
  const startColumn = mark.startColumn ?? 1;
  return {
    range: {
      startLineNumber: mark.line,
      startColumn,
      endLineNumber: endLine,
      endColumn: mark.endColumn ?? text.lineLength(endLine) + 1,
    },
    options: {
      inlineClassName: `mark-squiggle mark-${mark.severity}`,
      hoverMessage: { value: `${mark.severity}: ${mark.message}` },
    },
  };
}

function trailer(line: number, mark: Mark, others: number, text: MarkedText): editor.IModelDeltaDecoration | undefined {
  const room = text.columns - text.lineLength(line) - GAP;
  const said = fitting(mark, others, Math.floor((room * NARROWER) / 10));
  if (said === undefined) return undefined;
  const end = text.lineLength(line) + 1;
  return {
    range: { startLineNumber: line, startColumn: end, endLineNumber: line, endColumn: end },
    options: {
      showIfCollapsed: true,
      after: {
        content: ' '.repeat(GAP) + said,
        inlineClassName: `mark-text mark-${mark.severity}`,
        inlineClassNameAffectsLetterSpacing: true,
        cursorStops: 3,
      },
    },
  };
}
