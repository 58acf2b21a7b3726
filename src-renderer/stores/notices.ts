/** What the person is told without having asked: failures with a way on, and news that needs no answer. */
import { isStudioError, messageOf } from '@shared/errors';
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface NoticeAction {
  readonly title: string;
  run(): void | Promise<void>;
}

export interface NoticeInput {
  readonly kind: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly actions?: readonly NoticeAction[];
  /** Of the failure that it tells. */
  readonly code?: string;
}

export interface Notice extends NoticeInput {
  readonly id: number;
}

export interface NoticeStore extends StoreApi<{ readonly notices: readonly Notice[] }> {
  notify(notice: NoticeInput): number;
  dismiss(id: number): void;
  /** Takes away every notice of that failure, once it is no more. */
  dismissCode(code: string): void;
  /** Shows a failure; what it says is already a sentence for people. */
  report(error: unknown, actions?: readonly NoticeAction[]): void;
}

const MOST = 5;

export function createNoticeStore(): NoticeStore {
  const store = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));
  let lastId = 0;

  const notify = (notice: NoticeInput) => {
    lastId += 1;
    const added: Notice = { ...notice, id: lastId };
    store.setState(({ notices }) => ({
      // The same sentence twice is one notice, the newer one.
      notices: [...notices.filter(({ message }) => message !== notice.message), added].slice(-MOST),
    }));
    return lastId;
  };

  return {
    ...store,
    notify,
    dismiss: (id) => store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    dismissCode: (code) =>
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.code !== code) })),
    report: (error, actions) => {
      notify({
        kind: 'error',
        message: messageOf(error),
        ...(isStudioError(error) ? { code: error.code } : {}),
        ...(actions === undefined ? {} : { actions }),
      });
    },
  };
}
