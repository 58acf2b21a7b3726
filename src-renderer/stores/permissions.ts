/**
 * What plugins may do and ask for, as the host says it. A question is here as long as a plugin waits for its answer,
 * whoever gives it: also after the connection was lost, and until another window has settled it.
 */
import type { PermissionQuestion, PermissionState, permissionsService } from '@shared/contracts';
import { isStudioError } from '@shared/errors';
import type { ParamsOf } from '@shared/rpc';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudioClient } from '../client/studio-client';
import { createNewsOrder } from './news-order';

type Answer = ParamsOf<typeof permissionsService, 'answer'>;
type Granting = ParamsOf<typeof permissionsService, 'grant'>;

export interface PermissionsState {
  /** By folder, of those that are followed. */
  readonly states: Readonly<Record<string, PermissionState>>;
  /** Those that wait, the oldest first. */
  readonly questions: readonly PermissionQuestion[];
  /** The question whose answer is on its way. */
  readonly answering: string | undefined;
}

export interface PermissionsStore extends StoreApi<PermissionsState> {
  /** Reads what holds for that plugin, and keeps it up to date from then on. */
  follow(folder: string): Promise<void>;
  /** Reads it now. Errors: workspace/not-open. */
  read(folder: string): Promise<PermissionState>;
  answer(questionId: Answer['questionId'], decision: Answer['decision']): Promise<void>;
  /** Errors: permissions/invalid-host, permissions/never. */
  grant(granting: Granting): Promise<void>;
  setRecording(folder: string, on: boolean): Promise<void>;
  /** Forgets a plugin that was closed. */
  leave(folder: string): void;
}

type PermissionsClient = Pick<StudioClient, 'permissions' | 'connection'>;

const byAge = (a: PermissionQuestion, b: PermissionQuestion) => a.askedAt - b.askedAt;

export function createPermissionsStore(client: PermissionsClient, report: (error: unknown) => void): PermissionsStore {
  const store = createStore<PermissionsState>(() => ({ states: {}, questions: [], answering: undefined }));
  const followed = new Set<string>();
  const stateNews = createNewsOrder();
  const questionNews = createNewsOrder();

  const put = (state: PermissionState) =>
    store.setState(({ states }) => ({ states: { ...states, [state.folder]: state } }));

  const drop = (questionId: string) =>
    store.setState(({ questions, answering }) => ({
      questions: questions.filter((question) => question.questionId !== questionId),
      answering: answering === questionId ? undefined : answering,
    }));

  const read = async (folder: string) => {
    const overtaken = stateNews.ask();
    const state = await client.permissions.read({ folder });
    if (followed.has(folder) && !overtaken(folder)) put(state);
    return state;
  };

  /** The answer of a call that changed something is as new as news. */
  const taken = (state: PermissionState) => {
    if (!followed.has(state.folder)) return;
    stateNews.heard(state.folder);
    put(state);
  };

  const follow = async (folder: string) => {
    followed.add(folder);
    try {
      await read(folder);
    } catch (error) {
      // Closed before it was answered: the list that is on its way has it no more.
      if (!isStudioError(error, 'workspace/not-open')) throw error;
    }
  };

  const readQuestions = async () => {
    const overtaken = questionNews.ask();
    const listed = await client.permissions.listQuestions({});
    const isNews = ({ questionId }: PermissionQuestion) => overtaken(questionId);
    store.setState(({ questions }) => ({
      questions: [...listed.filter((question) => !isNews(question)), ...questions.filter(isNews)].sort(byAge),
    }));
  };

  client.permissions.on('didChange', (state) => {
    if (!followed.has(state.folder)) return;
    stateNews.heard(state.folder);
    put(state);
  });
  client.permissions.on('didAsk', (question) => {
    questionNews.heard(question.questionId);
    store.setState(({ questions }) => ({
      questions: [...questions.filter(({ questionId }) => questionId !== question.questionId), question],
    }));
  });
  client.permissions.on('didSettle', ({ questionId }) => {
    questionNews.heard(questionId);
    drop(questionId);
  });
  const refresh = () => Promise.all([readQuestions(), ...[...followed].map(follow)]);
  client.connection.onDidReconnect.on(() => void refresh().catch(report));
  readQuestions().catch(report);

  return {
    ...store,
    follow,
    read,
    async answer(questionId, decision) {
      store.setState({ answering: questionId });
      try {
        await client.permissions.answer({ questionId, decision });
        questionNews.heard(questionId);
        drop(questionId);
      } catch (error) {
        // Settled elsewhere in the meantime: nothing is left to decide.
        if (!isStudioError(error, 'permissions/no-question')) throw error;
        drop(questionId);
      } finally {
        store.setState(({ answering }) => (answering === questionId ? { answering: undefined } : {}));
      }
    },
    async grant(granting) {
      taken(await client.permissions.grant(granting));
    },
    async setRecording(folder, on) {
      taken(await client.permissions.setRecording({ folder, on }));
    },
    leave(folder) {
      followed.delete(folder);
      stateNews.forget(folder);
      store.setState(({ states: { [folder]: _, ...states }, questions }) => ({
        states,
        questions: questions.filter((question) => question.folder !== folder),
      }));
    },
  };
}
