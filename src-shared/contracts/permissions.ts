/**
 * What plugins asked for, what the person granted, and what was used. Everything is denied until the manifest asks
 * for it and the person grants it; network_access is granted host by host. Grants for good are kept per plugin folder,
 * outside of it. process_execution is never granted. Errors: workspace/not-open, permissions/no-question,
 * permissions/never, permissions/invalid-host.
 */
import { type Static, Type } from 'typebox';
import { call, defineService } from '../rpc';
import { anyMap, oneOf } from '../schemas/building-blocks';
import { PERMISSIONS } from '../schemas/vocabulary';
import { OPERATION_NAMES } from './capability-operations';
import { Done, FixSchema, FolderSchema, Nothing, ofFolder, TimeSchema } from './shapes';

export const PermissionSchema = oneOf(PERMISSIONS);

/** Where in the plugin's own source a call was made. */
export const CallSiteSchema = Type.Object({
  file: Type.String({ description: 'Inside the plugin folder, with /' }),
  line: Type.Integer({ minimum: 1 }),
  column: Type.Integer({ minimum: 1 }),
});
export type CallSite = Static<typeof CallSiteSchema>;

export const GRANT_STATES = ['ask', 'granted', 'denied', 'never'] as const;

export const HostGrantSchema = Type.Object({
  host: Type.String({
    description: 'A name, *.name for all below it, an address, or a network such as 10.0.0.0/8; with :port or without',
  }),
  grant: oneOf(['granted', 'denied']),
  /** Kept for the next start; otherwise until the studio ends. */
  always: Type.Boolean(),
});
export type HostGrant = Static<typeof HostGrantSchema>;

/** One kind of use: the same operation on the same thing is counted, not listed again. */
export const PermissionUseSchema = Type.Object({
  permission: PermissionSchema,
  operation: oneOf(OPERATION_NAMES),
  /** Such as GET https://feeds.example.com/list, or config/rules.yaml. */
  what: Type.String(),
  host: Type.Optional(Type.String()),
  allowed: Type.Boolean(),
  count: Type.Integer({ minimum: 1 }),
  lastAt: TimeSchema,
  site: Type.Optional(CallSiteSchema),
});
export type PermissionUse = Static<typeof PermissionUseSchema>;

/** The least that a manifest must say for what was recorded. */
export const ProposalSchema = Type.Object({
  capabilities: anyMap(),
  hosts: Type.Array(Type.String()),
  /** What was recorded, newest last. */
  uses: Type.Array(PermissionUseSchema),
  /** Edits plugin.json; absent where it says just that already. */
  fix: Type.Optional(FixSchema),
});
export type Proposal = Static<typeof ProposalSchema>;

export const PermissionStateSchema = Type.Object({
  folder: FolderSchema,
  permissions: Type.Array(
    Type.Object({
      permission: PermissionSchema,
      /** The manifest has its flag, or names it in required_permissions. */
      declared: Type.Boolean(),
      grant: oneOf(GRANT_STATES),
      always: Type.Boolean(),
      /** The registry configuration whose allowed_permissions lacks it; no grant changes that. */
      refusedBy: Type.Optional(Type.String()),
    }),
  ),
  hosts: Type.Array(HostGrantSchema),
  /** Newest last, bounded; `usesOmitted` counts those that were let go. */
  uses: Type.Array(PermissionUseSchema),
  usesOmitted: Type.Integer({ minimum: 0 }),
  /** While on, what the manifest does not declare is asked for instead of refused. */
  recording: Type.Boolean(),
  /** Of what was used since the recording began. */
  proposal: Type.Optional(ProposalSchema),
});
export type PermissionState = Static<typeof PermissionStateSchema>;

/** A plugin waits until it is answered; its time limits wait with it. */
export const PermissionQuestionSchema = Type.Object({
  questionId: Type.String(),
  folder: FolderSchema,
  pluginId: Type.String(),
  permission: PermissionSchema,
  host: Type.Optional(Type.String()),
  what: Type.String(),
  site: Type.Optional(CallSiteSchema),
  /** False only while recording. */
  declared: Type.Boolean(),
  askedAt: TimeSchema,
});
export type PermissionQuestion = Static<typeof PermissionQuestionSchema>;

export const DECISIONS = ['once', 'always', 'deny', 'deny-always'] as const;

export const permissionsService = defineService({
  name: 'permissions',
  calls: {
    read: call(ofFolder, PermissionStateSchema),
    listQuestions: call(Nothing, Type.Array(PermissionQuestionSchema)),
    /** `once` and `deny` hold until the plugin's process ends. */
    answer: call(Type.Object({ questionId: Type.String(), decision: oneOf(DECISIONS) }), Done),
    /** Sets what holds from now on; `ask` forgets it. With a host, for that host of network_access. */
    grant: call(
      Type.Object({
        folder: FolderSchema,
        permission: PermissionSchema,
        host: Type.Optional(Type.String({ minLength: 1 })),
        grant: oneOf(['granted', 'denied', 'ask']),
      }),
      PermissionStateSchema,
    ),
    setRecording: call(Type.Object({ folder: FolderSchema, on: Type.Boolean() }), PermissionStateSchema),
  },
  events: {
    /** At most ten a second for a plugin. */
    didChange: PermissionStateSchema,
    didAsk: PermissionQuestionSchema,
    /** It was answered, or the plugin does not wait any more. */
    didSettle: Type.Object({ questionId: Type.String() }),
  },
});
