/**
 * Questions over the window, one on top of the other, each answered once. Whoever asks gets a promise; leaving a
 * question is an answer too.
 */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { Dialog } from './dialog';

interface OpenDialog {
  readonly id: number;
  readonly content: ReactNode;
}

const open = createStore<{ readonly dialogs: readonly OpenDialog[] }>(() => ({ dialogs: [] }));
let lastId = 0;

/** @param render draws the dialog; the first call of `answer` closes it. */
export function askWith<Answer>(render: (answer: (value: Answer) => void) => ReactNode): Promise<Answer> {
  return new Promise((resolve) => {
    lastId += 1;
    const id = lastId;
    const answer = (value: Answer) => {
      open.setState(({ dialogs }) => ({ dialogs: dialogs.filter((dialog) => dialog.id !== id) }));
      resolve(value);
    };
    open.setState(({ dialogs }) => ({ dialogs: [...dialogs, { id, content: render(answer) }] }));
  });
}

/** Whether a question waits for its answer: until then the keys of the window rest. */
export const isAsking = (): boolean => open.getState().dialogs.length > 0;

export interface Confirmation {
  readonly title: string;
  readonly message: ReactNode;
  readonly submitLabel: string;
  readonly danger?: boolean;
}

/** False where the person leaves the question. */
export const confirm = ({ message, ...texts }: Confirmation): Promise<boolean> =>
  askWith<boolean>((answer) => (
    <Dialog {...texts} onClose={() => answer(false)} onSubmit={() => answer(true)}>
      {message}
    </Dialog>
  ));

/** Stands once in the window and shows what is asked. */
export const DialogHost = () =>
  useStore(open, ({ dialogs }) => dialogs).map(({ id, content }) => <div key={id}>{content}</div>);
