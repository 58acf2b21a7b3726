/** A broker over a real folder and real servers, with a person who answers as the test says. */
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { PermissionQuestion } from '@shared/contracts/permissions';
import { isStudioError } from '@shared/errors';
import { afterEach } from 'vitest';
import { type Broker, type BrokerOptions, createBroker } from './broker';
import type { Allowance } from './folder-grants';
import { type GrantStore, openGrantStore } from './grant-store';
import { createPluginPermissions, type PluginPermissions } from './plugin-permissions';
import { createQuestions, type Decision, type Questions } from './questions';

const databaseWorkerFile = resolve(import.meta.dirname, '../../out/test/database-worker.js');

export interface Bench {
  readonly folder: string;
  readonly store: GrantStore;
  readonly permissions: PluginPermissions;
  readonly questions: Questions;
  readonly asked: PermissionQuestion[];
  readonly warnings: string[];
  declare(capabilities: unknown): void;
  open(options?: Partial<BrokerOptions>): Promise<Broker>;
}

export interface BenchOptions {
  readonly capabilities?: unknown;
  /** Absent where there is no person; undefined as the answer leaves the question open. */
  readonly person?: (question: PermissionQuestion) => Decision | undefined;
  readonly allowance?: Allowance;
  readonly redact?: (text: string) => string;
}

export function brokerBench(base: { readonly path: string }) {
  const brokers: Broker[] = [];
  afterEach(async () => {
    await Promise.all(brokers.splice(0).map((broker) => broker.close()));
  });

  return async ({ capabilities = {}, person, allowance, redact }: BenchOptions = {}): Promise<Bench> => {
    const folder = join(await realpath(base.path), 'plugin');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'plugin.json'), JSON.stringify({ name: 'p', capabilities }, undefined, 2));
    let declared = capabilities;
    const warnings: string[] = [];
    const asked: PermissionQuestion[] = [];
    const store = await openGrantStore(join(base.path, 'grants.json'), (line) => warnings.push(line));
    const questions = createQuestions();
    const permissions = createPluginPermissions({
      folder,
      capabilities: () => declared,
      pluginId: () => 'p:1.0.0',
      store,
      ...(person === undefined ? {} : { questions }),
      ...(allowance === undefined ? {} : { allowance }),
      ...(redact === undefined ? {} : { redact }),
    });
    questions.onDidAsk.on((question) => {
      asked.push(question);
      const decision = person?.(question);
      if (decision === undefined) return;
      permissions.decide(question, decision).then(() => questions.answer(question.questionId, decision));
    });
    return {
      folder,
      store,
      permissions,
      questions,
      asked,
      warnings,
      declare(next) {
        declared = next;
      },
      async open(options = {}) {
        const tempFolder = await mkdtemp(join(base.path, 'temp-'));
        const broker = createBroker({ folder, tempFolder, permissions, databaseWorkerFile, ...options });
        brokers.push(broker);
        return broker;
      },
    };
  };
}

export const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isStudioError(error) ? `${error.code} ${String(error.data.reason)}` : String(error)),
  );
