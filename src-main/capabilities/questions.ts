/** Questions to the person. Who asks for the same waits for the same answer; who asked last for nothing takes it back. */
import { randomUUID } from 'node:crypto';
import type { DECISIONS, PermissionQuestion } from '@shared/contracts/permissions';
import { createEmitter, type Listenable } from '@shared/rpc';

export type Decision = (typeof DECISIONS)[number];
type Asked = Omit<PermissionQuestion, 'questionId' | 'askedAt'>;

export interface Questions {
  /** Resolves with the decision; undefined where nobody waits for it any more. */
  ask(question: Asked, signal: AbortSignal): Promise<Decision | undefined>;
  find(questionId: string): PermissionQuestion | undefined;
  /** What the decision means must hold already: whoever waits goes on at once. */
  answer(questionId: string, decision: Decision): void;
  list(): PermissionQuestion[];
  readonly onDidAsk: Listenable<PermissionQuestion>;
  readonly onDidSettle: Listenable<{ questionId: string }>;
}

interface Open {
  readonly question: PermissionQuestion;
  readonly waiting: Set<(decision: Decision | undefined) => void>;
}

const sameOf = ({ folder, permission, host }: Asked) => JSON.stringify([folder, permission, host]);

export function createQuestions(onError?: (error: unknown) => void): Questions {
  const open = new Map<string, Open>();
  const didAsk = createEmitter<PermissionQuestion>(onError);
  const didSettle = createEmitter<{ questionId: string }>(onError);

  const settle = (key: string, decision: Decision | undefined) => {
    const found = open.get(key);
    if (found === undefined) return;
    open.delete(key);
    for (const resolve of found.waiting) resolve(decision);
    didSettle.emit({ questionId: found.question.questionId });
  };

  const entryOf = (questionId: string) => [...open].find(([, { question }]) => question.questionId === questionId);

  const openOne = (asked: Asked): Open => {
    const opened: Open = { question: { ...asked, questionId: randomUUID(), askedAt: Date.now() }, waiting: new Set() };
    open.set(sameOf(asked), opened);
    return opened;
  };

  return {
    ask(asked, signal) {
      if (signal.aborted) return Promise.resolve(undefined);
      const key = sameOf(asked);
      const known = open.get(key);
      const entry = known ?? openOne(asked);
      const answered = new Promise<Decision | undefined>((resolve) => {
        const leave = () => {
          entry.waiting.delete(settled);
          resolve(undefined);
          if (entry.waiting.size === 0 && open.get(key) === entry) settle(key, undefined);
        };
        const settled = (decision: Decision | undefined) => {
          signal.removeEventListener('abort', leave);
          resolve(decision);
        };
        entry.waiting.add(settled);
        signal.addEventListener('abort', leave, { once: true });
      });
      if (known === undefined) didAsk.emit(entry.question);
      return answered;
    },
    find: (questionId) => entryOf(questionId)?.[1].question,
    answer(questionId, decision) {
      const entry = entryOf(questionId);
      if (entry !== undefined) settle(entry[0], decision);
    },
    list: () => [...open.values()].map(({ question }) => question),
    onDidAsk: didAsk,
    onDidSettle: didSettle,
  };
}
