/** One test: why it failed, with the difference, where, and what it wrote to the console. */
import type { TestDetail as Detail, TestFailure, TestPlace } from '@shared/contracts';
import { diffLines } from './model';
import { OUTCOME_WORDS, OutcomeIcon } from './outcome-icon';
import styles from './tests-panel.module.css';

interface TestDetailProps {
  readonly detail: Detail;
  readonly onOpen: (place: TestPlace) => void;
}

export function TestDetail({ detail, onOpen }: TestDetailProps) {
  const { path, outcome, place, failures, logs } = detail;
  return (
    <section aria-label="Test" className={styles.detail}>
      <h3 className={styles.title}>
        <OutcomeIcon outcome={outcome} />
        <span>{path.join(' › ')}</span>
        <span className={styles.facts}>{OUTCOME_WORDS[outcome]}</span>
      </h3>
      {failures.length === 0 && <PlaceLink place={place} onOpen={onOpen} />}
      {failures.map((failure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: failures of a test have no name and do not move
        <Failure key={index} failure={failure} onOpen={onOpen} />
      ))}
      {logs.length > 0 && (
        <>
          <h4 className={styles.partTitle}>Console</h4>
          <pre className={styles.block}>{logs.map(({ level, message }) => `${level}  ${message}`).join('\n')}</pre>
        </>
      )}
      {failures.length === 0 && logs.length === 0 && outcome === 'passed' && (
        <p className={styles.facts}>It wrote nothing to the console.</p>
      )}
    </section>
  );
}

function Failure({ failure, onOpen }: { readonly failure: TestFailure; readonly onOpen: (place: TestPlace) => void }) {
  const { name, message, diff, stack, place } = failure;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return (
    <div className={styles.failure}>
      <p className={styles.message}>
        {name !== 'AssertionError' && <strong>{name}: </strong>}
        {message}
      </p>
      <p className={styles.legend}>
        <PlaceLink place={place} onOpen={onOpen} />
        {diff !== undefined && (
          <>
            <span data-kind="expected">- expected</span>
            <span data-kind="actual">+ actual</span>
          </>
        )}
      </p>
      {diff !== undefined && (
        <pre className={styles.block} data-difference>
          {diffLines(diff).map(({ kind, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text
            <span key={index} className={styles.diffLine} data-kind={kind}>
              {text}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
      {frames.length > 1 && <pre className={styles.block}>{frames.map((line) => line.trim()).join('\n')}</pre>}
    </div>
  );
}

const PlaceLink = ({ place, onOpen }: { readonly place: TestPlace; readonly onOpen: (place: TestPlace) => void }) => (
  <button type="button" className={styles.link} onClick={() => onOpen(place)}>
    {place.file}:{place.line}:{place.column}
  </button>
);
