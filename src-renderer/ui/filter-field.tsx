/**
 * A filter as it is typed: fields coloured, what cannot be read underlined where it stands. What is wrong is said
 * below, over the table, so that nothing moves.
 */
import { type KeyboardEvent, type ReactNode, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import styles from './filter-field.module.css';
import { type FilterExamples, FilterHelp } from './filter-help';
import type { Term } from './filter-terms';
import { Icon } from './icon';
import { IconButton } from './icon-button';

export interface FilterProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** What was typed, cut into terms, with what cannot be read of it. */
export interface ReadFilter {
  readonly terms: readonly Term[];
  readonly problems: readonly FilterProblem[];
}

export interface FilterFieldHandle {
  focus(): void;
}

interface FilterFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly help: FilterExamples;
  readonly text: string;
  readonly parsed: ReadFilter;
  /** The filter that runs while this one has problems. */
  readonly applied: string;
  readonly onChange: (text: string) => void;
  /** Enter, Escape or the arrow down: on to the table. */
  readonly onLeave: () => void;
  readonly ref?: Ref<FilterFieldHandle>;
}

export function FilterField(props: FilterFieldProps) {
  const { text, parsed, applied, onChange, onLeave, ref } = props;
  const messageId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [scrolled, setScrolled] = useState(0);
  useImperativeHandle(ref, () => ({
    focus() {
      input.current?.focus();
      input.current?.select();
    },
  }));
  const [problem] = parsed.problems;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    onLeave();
  };

  return (
    <div className={styles.root}>
      <div className={styles.field} data-invalid={problem !== undefined || undefined}>
        <Icon name="filter" size={14} />
        <div className={styles.text}>
          <pre aria-hidden="true" className={styles.colours} style={{ transform: `translateX(${-scrolled}px)` }}>
            <Coloured text={text} parsed={parsed} />
          </pre>
          <input
            ref={input}
            type="text"
            className={styles.input}
            aria-label={props.label}
            aria-invalid={problem !== undefined}
            aria-describedby={problem === undefined ? undefined : messageId}
            placeholder={props.placeholder}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
            onKeyDown={onKeyDown}
          />
        </div>
        {text !== '' && <IconButton icon="close" label="Clear the filter" iconSize={14} onClick={() => onChange('')} />}
        <FilterHelp {...props.help} />
      </div>
      {problem !== undefined && (
        <div id={messageId} role="alert" className={styles.problem}>
          <Icon name="error" size={14} />
          <span>
            {problem.message}{' '}
            <span className={styles.stays}>
              {applied.trim() === '' ? 'Everything is shown meanwhile.' : `Still shown: ${applied}`}
            </span>
          </span>
        </div>
      )}
    </div>
  );
}

function Coloured({ text, parsed }: { readonly text: string; readonly parsed: ReadFilter }): ReactNode {
  const wrong = new Set(parsed.problems.map(({ start }) => start));
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, valueStart, end } of parsed.terms) {
    parts.push(text.slice(at, start));
    parts.push(
      <span key={start} className={wrong.has(start) ? styles.wrong : undefined}>
        <span className={styles.name}>{text.slice(start, valueStart)}</span>
        {text.slice(valueStart, end)}
      </span>,
    );
    at = end;
  }
  return [...parts, text.slice(at)];
}
