/** What plugins asked for, what the person granted, and the questions that wait, for the window. */
import type { PermissionQuestion, PermissionState, permissionsService } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createEmitter, type ParamsOf, type Service } from '@shared/rpc';
import { parseHostPattern, type Questions } from '../capabilities';
import type { OpenPlugins } from './open-plugins';

export function createPermissionsService(
  plugins: OpenPlugins,
  questions: Questions,
): Service<typeof permissionsService> {
  const didChange = createEmitter<PermissionState>();
  plugins.onDidOpen.on(({ access }) => {
    access.onDidChange.on(({ state }) => didChange.emit(state));
  });
  const accessOf = (folder: string) => plugins.session(folder).access;
  /** Now, since a secret may have become one while the question waited. */
  const shown = (question: PermissionQuestion) => plugins.find(question.folder)?.access.show(question) ?? question;
  const didAsk = createEmitter<PermissionQuestion>();
  questions.onDidAsk.on((question) => didAsk.emit(shown(question)));

  return {
    calls: {
      read: ({ folder }) => accessOf(folder).state(),
      listQuestions: () => questions.list().map(shown),
      async answer({ questionId, decision }) {
        const question = questions.find(questionId);
        if (question === undefined) throw noQuestion(questionId);
        try {
          await accessOf(question.folder).permissions.decide(question, decision);
        } finally {
          // What was decided holds, also where it could not be written down.
          questions.answer(questionId, decision);
        }
        return null;
      },
      async grant(granting) {
        const { folder, permission, host, grant } = granting;
        const access = accessOf(folder);
        if (permission === 'process_execution') throw never();
        if (host !== undefined && permission !== 'network_access') throw onlyNetwork(host);
        await access.permissions.set(permission, host, grant === 'ask' ? undefined : grant);
        for (const question of questions.list().filter(answeredBy(granting))) {
          questions.answer(question.questionId, grant === 'granted' ? 'always' : 'deny-always');
        }
        return access.state();
      },
      async setRecording({ folder, on }) {
        const access = accessOf(folder);
        access.permissions.setRecording(on);
        return access.state();
      },
    },
    events: { didChange, didAsk, didSettle: questions.onDidSettle },
  };
}

/** Whether nothing is left to ask. A question names no port, so a grant of one port leaves it open. */
const answeredBy =
  ({ folder, permission, host, grant }: ParamsOf<typeof permissionsService, 'grant'>) =>
  (question: PermissionQuestion): boolean => {
    if (grant === 'ask' || question.folder !== folder || question.permission !== permission) return false;
    if (host === undefined) return question.host === undefined || grant === 'denied';
    const asked = question.host?.replace(/^\[|\]$/g, '');
    return asked !== undefined && parseHostPattern(host).covers({ host: asked, port: 0 });
  };

const noQuestion = (questionId: string) =>
  new StudioError('permissions/no-question', 'The plugin does not wait for this answer any more. Run it again.', {
    data: { questionId },
  });

const never = () =>
  new StudioError(
    'permissions/never',
    'process_execution is never granted: a plugin in the sandbox starts no other programs.',
  );

const onlyNetwork = (host: string) =>
  new StudioError('permissions/invalid-host', `Only network_access is granted by host. Leave ${host} out.`, {
    data: { host },
  });
