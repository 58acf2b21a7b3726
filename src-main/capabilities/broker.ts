/**
 * Does for one process of a plugin what its sandbox cannot: files, network, databases. Each message is checked anew:
 * its form, the manifest, the person's grant, and that the result is what was promised. After close nothing is open.
 */
import { setMaxListeners } from 'node:events';
import { realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import {
  OPERATION_NAMES,
  OPERATIONS,
  type OperationName,
  type OperationParams,
} from '@shared/contracts/capability-operations';
import type { CallSite } from '@shared/contracts/permissions';
import { isStudioError, StudioError } from '@shared/errors';
import { Compile } from 'typebox/compile';
import { BODIES_BYTES, checkAnswerBytes, checkRequestBytes, inMegabytes, PENDING_BYTES } from './byte-limits';
import { createDatabaseOperations } from './database/database-operations';
import { createDatabaseThread } from './database/database-thread';
import { outOfReachAt } from './denial';
import { createFileOperations } from './files/file-operations';
import { type Reach, showPath } from './files/reach';
import { createConnections } from './network/connections';
import { grantTextOf, type NetworkTarget } from './network/host-grant';
import { httpFetch } from './network/http-fetch';
import { type Lookup, lookupWithSystem, type NetworkGate } from './network/open-target';
import type { Access, AskTerms, PluginPermissions } from './plugin-permissions';
import { failed, invalid, tooLarge } from './refusals';
import { createSlots, type Slots } from './slots';

export interface BrokerOptions {
  /** The plugin's folder. */
  readonly folder: string;
  /** Of this process alone; removed at the end. It must exist. */
  readonly tempFolder: string;
  /** Files and folders that the runs in progress were given. */
  readonly givenPaths?: () => readonly string[];
  readonly permissions: PluginPermissions;
  /** The bundle of the thread that runs SQLite. */
  readonly databaseWorkerFile: string;
  readonly lookup?: Lookup;
  /** Hides the plugin's secrets in what is shown of its requests. */
  readonly redact?: (text: string) => string;
}

export interface AccessContext {
  readonly site?: CallSite | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Runs what waits for the person, with the plugin's time limits standing still. */
  readonly hold?: AskTerms['hold'] | undefined;
  /** Resolves when the answers before this one are read, so that large ones do not pile up. */
  readonly mayAnswer?: (() => Promise<void>) | undefined;
}

export interface Broker {
  /** @throws StudioError capabilities/denied, /invalid, /failed, /timeout, /too-large */
  perform(operation: string, args: unknown, context?: AccessContext): Promise<unknown>;
  close(): Promise<void>;
}

/** Operations that were asked for and are not done yet. */
const MOST_PENDING = 1000;
const FETCHES_AT_ONCE = 8;
const FILES_AT_ONCE = 4;

const checks = new Map(
  OPERATION_NAMES.map((name) => [
    name as string,
    { name, params: Compile(OPERATIONS[name].params), result: Compile(OPERATIONS[name].result) },
  ]),
);

type Perform<Name extends OperationName> = (params: OperationParams<Name>, turn: Turn) => Promise<unknown> | unknown;
type Performers = { readonly [Name in OperationName]: Perform<Name> };

/** One operation that is being done. */
interface Turn {
  readonly signal: AbortSignal;
  readonly mayAnswer: () => Promise<void>;
  /** Asks for the permission of the operation. */
  authorize(what: string): Promise<void>;
  gate(what: (target: NetworkTarget) => string): NetworkGate;
  /** That a connection may still be used. */
  confirm(target: NetworkTarget): void;
}

/** Whoever has a slot waits in it until the plugin has read what it asked for before. */
const inTurn = (slots: Slots, { mayAnswer }: Turn): Slots => ({
  async take(signal) {
    const release = await slots.take(signal);
    await mayAnswer();
    return release;
  },
});

const byName = ({ host, port }: NetworkTarget) => `${grantTextOf({ host, port })}:${port}`;

/** An address without what is asked: that may hold secrets. Those that are known are hidden before it is cut. */
function webPlace(given: string, redact: (text: string) => string): string {
  const hidden = redact(given);
  if (hidden !== given) return (/^[^?#]*/.exec(hidden)?.[0] ?? '').slice(0, 300);
  try {
    const { origin, pathname } = new URL(given);
    return `${origin}${pathname}`.slice(0, 300);
  } catch {
    return given.slice(0, 100);
  }
}

export function createBroker(options: BrokerOptions): Broker {
  const { permissions, databaseWorkerFile, givenPaths = () => [], lookup = lookupWithSystem } = options;
  const { redact = (text: string) => text } = options;
  const reach: Reach = {
    folder: realpathSync(options.folder),
    tempFolder: realpathSync(options.tempFolder),
    givenPaths,
  };
  const leave = permissions.enter();
  const ended = new AbortController();
  // One for each operation that is being done.
  setMaxListeners(0, ended.signal);
  const files = createFileOperations(reach);
  const thread = createDatabaseThread({ workerFile: databaseWorkerFile });
  const databases = createDatabaseOperations(reach, thread);
  const connections = createConnections(lookup);
  const fileSlots = createSlots(FILES_AT_ONCE);
  const fetchSlots = createSlots(FETCHES_AT_ONCE);
  /** Work on files that has begun, and cannot be broken off. */
  const begun = new Set<Promise<unknown>>();
  const budget = { taken: 0, most: BODIES_BYTES };
  const pending = { count: 0, bytes: 0 };

  const place = (path: string) => showPath(reach.folder, path);

  const onFile =
    <Params extends { path: string }>(verb: string, run: (params: Params) => Promise<unknown>) =>
    async (params: Params, turn: Turn) => {
      await turn.authorize(`${verb} ${place(params.path)}`);
      const release = await inTurn(fileSlots, turn).take(turn.signal);
      if (turn.signal.aborted) {
        release();
        throw failed('The plugin is being stopped.', 'ECANCELED');
      }
      const work = run(params).finally(release);
      begun.add(work);
      return work.finally(() => begun.delete(work));
    };

  const onDatabase =
    <Params extends { file: string }>(run: (params: Params, signal: AbortSignal) => Promise<unknown>) =>
    async (params: Params, turn: Turn) => {
      await turn.authorize(`database ${place(params.file)}`);
      return run(params, turn.signal);
    };

  const performers: Performers = {
    'file-read': onFile('read', files['file-read']),
    'file-write': onFile('write', files['file-write']),
    'file-list': onFile('list', files['file-list']),
    'file-stat': onFile('look at', files['file-stat']),
    'folder-make': onFile('make folder', files['folder-make']),
    'file-remove': onFile('remove', files['file-remove']),
    'http-fetch': (params, turn) => {
      const first = `${(params.method ?? 'GET').toUpperCase()} ${webPlace(params.url, redact)}`;
      let hops = 0;
      const gate = turn.gate((target) => (hops++ === 0 ? first : `redirect to ${byName(target)}`));
      return httpFetch(params, { gate, lookup, budget, slots: inTurn(fetchSlots, turn), signal: turn.signal });
    },
    'tcp-open': (params, turn) =>
      connections.open(
        params,
        turn.gate((target) => `TCP ${byName(target)}`),
      ),
    'tcp-read': (params, turn) => {
      turn.confirm(connections.targetOf(params.handle));
      return connections.read(params);
    },
    'tcp-write': (params, turn) => {
      turn.confirm(connections.targetOf(params.handle));
      return connections.write(params);
    },
    'tcp-close': (params) => connections.close(params),
    'udp-send': (params, turn) =>
      connections.sendDatagram(
        params,
        turn.gate((target) => `UDP ${byName(target)}`),
      ),
    'db-query': onDatabase(databases['db-query']),
    'db-execute': onDatabase(databases['db-execute']),
  };

  function turnFor(
    operation: OperationName,
    { site, hold = (work) => work(), mayAnswer = async () => undefined }: AccessContext,
    signal: AbortSignal,
  ) {
    const permission = OPERATIONS[operation].permission;
    let last: Access = { permission, operation, what: operation, site };
    const ask = (access: Access) => {
      last = access;
      return permissions.authorize(access, { signal, hold });
    };
    const turn: Turn = {
      signal,
      mayAnswer,
      authorize: (what) => ask({ permission, operation, what, site }),
      gate: (what) => ({
        authorize: (target) => ask({ permission, operation, what: what(target), target, site }),
        coversAddress: permissions.coversAddress,
      }),
      confirm(target) {
        permissions.confirm({ permission, operation, what: `TCP ${byName(target)}`, target, site });
      },
    };
    return { turn, lastAccess: () => last };
  }

  async function perform(operation: OperationName, params: unknown, context: AccessContext, signal: AbortSignal) {
    const { turn, lastAccess } = turnFor(operation, context, signal);
    try {
      const performer = performers[operation] as Perform<OperationName>;
      return await performer(params as OperationParams<OperationName>, turn);
    } catch (error) {
      if (!isStudioError(error, 'capabilities/denied') || error.data.permission !== undefined) throw error;
      const { permission, what, target, site } = lastAccess();
      const host = target === undefined ? undefined : grantTextOf(target);
      const located = outOfReachAt({ permission, what, host, site }, error);
      permissions.noteDenied(lastAccess(), located);
      throw located;
    }
  }

  function countIn(operation: string, args: unknown): () => void {
    const bytes = checkRequestBytes(operation, args);
    const first = 'Await what was asked before asking for more.';
    if (pending.count >= MOST_PENDING) {
      throw tooLarge(`${MOST_PENDING} operations of this plugin are not done yet, and there may be no more. ${first}`);
    }
    if (pending.bytes + bytes > PENDING_BYTES) {
      const limit = inMegabytes(PENDING_BYTES);
      throw tooLarge(`What this plugin asked for and is not done yet has more than ${limit} together. ${first}`);
    }
    pending.count++;
    pending.bytes += bytes;
    return () => {
      pending.count--;
      pending.bytes -= bytes;
    };
  }

  return {
    async perform(operation, args, context = {}) {
      const check = checks.get(operation);
      if (check === undefined) throw invalid(`There is no operation "${operation.slice(0, 100)}".`, 'operation');
      if (!check.params.Check(args)) {
        const [first] = check.params.Errors(args);
        const where = first?.instancePath.slice(1).replaceAll('/', '.') || 'what it was given';
        throw invalid(`${operation}: ${where} ${first?.message ?? 'is wrong'}.`, 'arguments');
      }
      if (ended.signal.aborted) throw failed('The plugin is being stopped.', 'ECANCELED');
      const countOut = countIn(operation, args);
      const { signal, unlink } = eitherOf(ended.signal, context.signal);
      try {
        const result = await perform(check.name, args, context, signal);
        checkAnswerBytes(operation, result);
        if (check.result.Check(result)) return result;
        throw new StudioError('capabilities/failed', `${operation} came to a result that breaks its own contract.`, {
          data: { reason: 'RESULT' },
        });
      } finally {
        unlink();
        countOut();
      }
    },
    async close() {
      if (ended.signal.aborted) return;
      ended.abort();
      connections.closeAll();
      leave();
      await thread.close();
      // A folder into which something is written meanwhile cannot be removed.
      await Promise.allSettled(begun);
      await rm(reach.tempFolder, { recursive: true, force: true });
    },
  };
}

function eitherOf(own: AbortSignal, other: AbortSignal | undefined): { signal: AbortSignal; unlink: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of [own, other]) {
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: controller.signal,
    unlink() {
      for (const signal of [own, other]) signal?.removeEventListener('abort', abort);
    },
  };
}
