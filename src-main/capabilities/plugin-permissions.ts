/**
 * Decides, for one plugin folder, what its processes may do. Both must hold at each use: the manifest asks for it, and
 * the person grants it. Where nothing was decided the person is asked, and without one to ask it is denied.
 */
import type { Diagnostic } from '@shared/contracts';
import type { OperationName } from '@shared/contracts/capability-operations';
import type { CallSite, PermissionQuestion, PermissionState, Proposal } from '@shared/contracts/permissions';
import type { StudioError } from '@shared/errors';
import { createEmitter, type Dispose, type Listenable } from '@shared/rpc';
import { PERMISSIONS, type Permission } from '@shared/schemas';
import {
  type DeclaredCapabilities,
  declaredPermissions,
  permissionEdits,
  withPermissions,
} from './declared-permissions';
import { type DenialReason, type DeniedAccess, denied } from './denial';
import { type Allowance, createFolderGrants, type Grant, NO_ALLOWANCE } from './folder-grants';
import type { GrantStore } from './grant-store';
import type { Address } from './network/address';
import { grantTextOf, type NetworkTarget } from './network/host-grant';
import { type Denial, denialDiagnostic, unusedDiagnostics } from './permission-diagnostics';
import type { Decision, Questions } from './questions';
import { failed } from './refusals';
import { createUseList } from './use-list';

const MOST_DENIALS = 100;

const givenUp = (what: string) => failed(`${what} was given up, since nobody waits for it.`, 'ECANCELED');

export interface Access {
  readonly permission: Permission;
  readonly operation: OperationName;
  /** Such as GET https://feeds.example.com/list. */
  readonly what: string;
  /** Of network_access. */
  readonly target?: NetworkTarget;
  readonly site?: CallSite | undefined;
}

export interface AskTerms {
  readonly signal: AbortSignal;
  /** Runs what waits for the person, with the plugin's own time standing still. */
  readonly hold: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export interface PluginPermissions {
  /** Counts the use. @throws StudioError capabilities/denied (data: permission, reason, host?, site?) */
  authorize(access: Access, terms: AskTerms): Promise<void>;
  /** Throws where it no longer holds; nobody is asked. */
  confirm(access: Access): void;
  coversAddress(address: Address, port: number): boolean;
  /** A denial that was found later, such as a path that leads out. */
  noteDenied(access: Access, error: StudioError): void;
  /** @param manifestText of plugin.json, for the proposal's fix. */
  state(manifestText?: string): PermissionState;
  set(permission: Permission, host: string | undefined, grant: Grant | undefined): Promise<void>;
  decide(question: PermissionQuestion, decision: Decision): Promise<void>;
  setRecording(on: boolean): void;
  /** A process of the plugin lives until this is disposed. What was decided for once ends with the last. */
  enter(): Dispose;
  /** A run has ended: what it did not use may be too much. */
  noteRun(): void;
  /** Denials, with fixes for that text of plugin.json. */
  denialDiagnostics(manifestText: string | undefined): Diagnostic[];
  unusedDiagnostics(manifestText: string): Diagnostic[];
  readonly onDidChange: Listenable<void>;
}

export interface PluginPermissionsOptions {
  readonly folder: string;
  /** What plugin.json says now. */
  readonly capabilities: () => DeclaredCapabilities;
  readonly pluginId: () => string;
  readonly store: GrantStore;
  /** Absent where nobody can be asked. */
  readonly questions?: Questions | undefined;
  readonly allowance?: Allowance;
  /** The file that does not allow the permission, whoever grants it. */
  readonly registryRefusal?: ((permission: Permission) => string | undefined) | undefined;
  /** Takes secrets out of what is shown. */
  readonly redact?: (text: string) => string;
  readonly onError?: (error: unknown) => void;
}

export function createPluginPermissions(options: PluginPermissionsOptions): PluginPermissions {
  const { folder, capabilities, pluginId, store, questions, allowance = NO_ALLOWANCE, redact, onError } = options;
  const registryRefusal = options.registryRefusal ?? (() => undefined);
  const grants = createFolderGrants(folder, store, allowance);
  const uses = createUseList();
  const recorded = createUseList();
  const denials = new Map<string, Denial>();
  const didChange = createEmitter<void>(onError);
  let processes = 0;
  let isRecording = false;
  let hasRecorded = false;
  let hasRun = false;

  const isDeclared = (permission: Permission) => declaredPermissions(capabilities()).has(permission);

  const shown = (access: Access): Access => (redact === undefined ? access : { ...access, what: redact(access.what) });

  const hostOf = ({ target }: Access) => (target === undefined ? undefined : grantTextOf(target));

  const asDenied = (access: Access): DeniedAccess => {
    const { permission, what, site } = access;
    return { permission, what, host: hostOf(access), site, registryFile: registryRefusal(permission) };
  };

  /** What keeps it from being granted at all. */
  const standsAgainst = ({ permission }: Access): 'undeclared' | 'registry' | undefined => {
    if (!isDeclared(permission) && !isRecording) return 'undeclared';
    return registryRefusal(permission) === undefined ? undefined : 'registry';
  };

  const note = (access: Access, allowed: boolean) => {
    const { permission, operation, what, site } = access;
    const host = hostOf(access);
    const use = {
      permission,
      operation,
      what,
      allowed,
      ...(host === undefined ? {} : { host }),
      ...(site === undefined ? {} : { site }),
    };
    uses.note(use);
    if (isRecording) recorded.note(use);
    didChange.emit();
  };

  const noteDenial = (access: Access, reason: DenialReason, message: string) => {
    const denial = { ...asDenied(access), reason, message };
    if (denials.size < MOST_DENIALS)
      denials.set(JSON.stringify([denial.permission, denial.host, denial.site, reason]), denial);
    note(access, false);
  };

  const refuse = (access: Access, reason: Exclude<DenialReason, 'out-of-reach'>): StudioError => {
    const error = denied(asDenied(access), reason);
    noteDenial(access, reason, error.message);
    return error;
  };

  const grantOf = ({ permission, target }: Access): Grant | undefined => {
    if (permission === 'process_execution') return 'denied';
    const whole = grants.ofPermission(permission)?.grant;
    if (target === undefined || whole === 'denied') return whole;
    return grants.ofTarget(target);
  };

  async function ask(access: Access, { signal, hold }: AskTerms): Promise<Decision | undefined> {
    if (questions === undefined) return undefined;
    const { permission, what, site } = access;
    const host = hostOf(access);
    const question = {
      folder,
      pluginId: pluginId(),
      permission,
      what,
      declared: isDeclared(permission),
      ...(host === undefined ? {} : { host }),
      ...(site === undefined ? {} : { site }),
    };
    return hold(() => questions.ask(question, signal));
  }

  async function authorize(given: Access, terms: AskTerms): Promise<void> {
    const access = shown(given);
    const obstacle = standsAgainst(access);
    if (obstacle !== undefined) throw refuse(access, obstacle);
    const grant = grantOf(access);
    if (grant === 'denied') throw refuse(access, 'denied');
    if (grant === undefined) {
      const decision = await ask(access, terms);
      if (terms.signal.aborted) throw givenUp(access.what);
      if (decision !== 'once' && decision !== 'always') {
        throw refuse(access, decision === undefined ? 'not-granted' : 'denied');
      }
    }
    note(access, true);
  }

  function proposalFor(manifestText: string | undefined): Proposal {
    const used = recorded.read();
    const allowed = used.filter((use) => use.allowed);
    const wanted = new Set(allowed.map(({ permission }) => permission));
    const edits = manifestText === undefined ? [] : permissionEdits(manifestText, () => wanted);
    return {
      capabilities: withPermissions(capabilities(), wanted),
      hosts: [...new Set(allowed.flatMap(({ host }) => host ?? []))].sort(),
      uses: used,
      ...(edits.length > 0 ? { fix: { title: 'Ask for what was used, and no more', edits } } : {}),
    };
  }

  const stateOf = (permission: Permission): PermissionState['permissions'][number] => {
    const refusedBy = registryRefusal(permission);
    return refusedBy === undefined ? grantStateOf(permission) : { ...grantStateOf(permission), refusedBy };
  };

  const grantStateOf = (permission: Permission): PermissionState['permissions'][number] => {
    const declared = isDeclared(permission);
    if (permission === 'process_execution') return { permission, declared, grant: 'never', always: true };
    const whole = grants.ofPermission(permission);
    if (permission !== 'network_access' || whole?.grant === 'denied') {
      return { permission, declared, grant: whole?.grant ?? 'ask', always: whole?.always ?? false };
    }
    const granted = grants.hosts().filter(({ grant }) => grant === 'granted');
    return {
      permission,
      declared,
      grant: granted.length > 0 ? 'granted' : 'ask',
      always: granted.some(({ always }) => always),
    };
  };

  const unused = () => {
    if (!hasRun) return [];
    const used = new Set(uses.read().map(({ permission }) => permission));
    return PERMISSIONS.filter((name) => name !== 'process_execution' && isDeclared(name) && !used.has(name));
  };

  return {
    authorize,
    confirm(given) {
      const access = shown(given);
      const obstacle = standsAgainst(access);
      if (obstacle !== undefined) throw refuse(access, obstacle);
      if (grantOf(access) !== 'granted') throw refuse(access, 'denied');
    },
    coversAddress: grants.coversAddress,
    noteDenied: (access, error) => noteDenial(shown(access), 'out-of-reach', error.message),
    state: (manifestText) => ({
      folder,
      permissions: PERMISSIONS.map(stateOf),
      hosts: grants.hosts(),
      uses: uses.read(),
      usesOmitted: uses.omitted,
      recording: isRecording,
      ...(hasRecorded ? { proposal: proposalFor(manifestText) } : {}),
    }),
    async set(permission, host, grant) {
      const kept = grants.set(permission, host, grant, true);
      didChange.emit();
      await kept;
    },
    async decide({ permission, host }, decision) {
      const isAlways = decision === 'always' || decision === 'deny-always';
      const isGranted = decision === 'once' || decision === 'always';
      const kept = grants.set(permission, host, isGranted ? 'granted' : 'denied', isAlways);
      didChange.emit();
      await kept;
    },
    setRecording(on) {
      if (on && !isRecording) recorded.clear();
      isRecording = on;
      hasRecorded ||= on;
      didChange.emit();
    },
    enter() {
      if (processes++ === 0) {
        denials.clear();
        didChange.emit();
      }
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        if (--processes > 0) return;
        grants.forgetTemporary();
        didChange.emit();
      };
    },
    noteRun() {
      hasRun = true;
      didChange.emit();
    },
    denialDiagnostics: (manifestText) =>
      [...denials.values()]
        .filter(({ reason, permission }) => reason !== 'undeclared' || !isDeclared(permission))
        .map((denial) => denialDiagnostic(denial, manifestText)),
    unusedDiagnostics: (manifestText) => unusedDiagnostics(unused(), manifestText),
    onDidChange: didChange,
  };
}
