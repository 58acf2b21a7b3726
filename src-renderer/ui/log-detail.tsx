/** One message, whole: its text, and what came with it as a tree. */
import { CopyButton } from './copy-button';
import { IconButton } from './icon-button';
import { LogLevelWord } from './log-level';
import { type LogMessage, logJson, logText, timeOfDay } from './log-lines';
import styles from './log-list.module.css';
import { Spacer, Toolbar } from './toolbar';
import { ValueTree } from './value-tree';

interface LogDetailProps {
  readonly message: LogMessage;
  readonly onClose: () => void;
}

/** Fields of several lines, such as the stack of an error, are to be read: a tree would show their beginning. */
const textsOf = (fields: LogMessage['fields']): [string, string][] =>
  Object.entries(fields ?? {}).filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1].includes('\n'),
  );

export function LogDetail({ message: entry, onClose }: LogDetailProps) {
  const { key, time, level, plugin, run, message, fields } = entry;
  const from = [plugin, run === undefined ? undefined : `run on ${run.name}`].filter((part) => part !== undefined);
  return (
    <section aria-label="Log message" className={styles.detail}>
      <Toolbar label="Log message controls">
        <LogLevelWord level={level} />
        <span className={styles.time}>{timeOfDay(time)}</span>
        <span className={styles.from} title={from.join(' · ')}>
          {from.join(' · ')}
        </span>
        <Spacer />
        <CopyButton label="Copy the message" text={() => logText([entry])} />
        <CopyButton label="Copy the message as JSON" icon="json" text={() => logJson([entry])} />
        <IconButton icon="close" label="Close the detail" keys="Escape" onClick={onClose} />
      </Toolbar>
      <div className={styles.detailBody}>
        <pre className={styles.whole}>{message.trimEnd()}</pre>
        {textsOf(fields).map(([name, text]) => (
          <pre key={name} className={styles.whole}>
            <span className={styles.more}>{name}:</span> {text.trimEnd()}
          </pre>
        ))}
        {fields === undefined ? (
          <p className={styles.noFields}>
            No fields came with it. What is handed to the logger after the message, such as{' '}
            <code>{'logger.info("read", { files: 3 })'}</code>, is shown here as a tree.
          </p>
        ) : (
          <ValueTree key={key} label="Fields" value={fields} depth={2} />
        )}
      </div>
    </section>
  );
}
