/** Why a plugin may not do something, in words that say what would allow it. */
import type { CallSite } from '@shared/contracts/permissions';
import { StudioError } from '@shared/errors';
import type { Permission } from '@shared/schemas';
import { showSite } from './call-site';

export const DENIAL_REASONS = ['undeclared', 'registry', 'denied', 'not-granted', 'out-of-reach'] as const;
export type DenialReason = (typeof DENIAL_REASONS)[number];

export interface DeniedAccess {
  readonly permission: Permission;
  readonly what: string;
  readonly host?: string | undefined;
  readonly site?: CallSite | undefined;
  /** The registry configuration that does not allow the permission, whoever grants it. */
  readonly registryFile?: string | undefined;
}

/** As it is typed after --allow. */
const allowArgument = ({ permission, host }: DeniedAccess) =>
  host === undefined ? permission : `${permission}=${host}`;

const subjectOf = ({ permission, host }: DeniedAccess) =>
  host === undefined ? permission : `${permission} to ${host}`;

const REMEDIES: Readonly<Record<Exclude<DenialReason, 'out-of-reach'>, (access: DeniedAccess) => string>> = {
  undeclared: ({ permission }) =>
    `plugin.json does not ask for it: add "${permission}": true under "capabilities", and to "required_permissions".`,
  registry: ({ permission, registryFile }) =>
    `The registry configuration ${registryFile} does not allow it: its allowed_permissions lacks ${permission}. ` +
    'Add it there, or leave that list empty to allow all.',
  denied: (access) => `It is denied for this plugin. Grant ${subjectOf(access)} in the Permissions view to allow it.`,
  'not-granted': (access) =>
    `It is not granted, and nobody can be asked here. On the command line, add --allow ${allowArgument(access)}; in ` +
    'the studio, grant it in the Permissions view.',
};

export function denied(access: DeniedAccess, reason: Exclude<DenialReason, 'out-of-reach'>): StudioError {
  const { what, site } = access;
  const place = site === undefined ? '' : ` at ${showSite(site)}`;
  const message = `${what}${place} needs the capability ${subjectOf(access)}. ${REMEDIES[reason](access)}`;
  return deniedWith(message, access, reason);
}

/** What is refused whatever was granted, with where it was asked for. */
export function outOfReachAt(access: DeniedAccess, error: StudioError): StudioError {
  const place = access.site === undefined ? '' : ` (${showSite(access.site)}, with ${access.permission})`;
  return deniedWith(`${error.message}${place}`, access, 'out-of-reach', error);
}

function deniedWith(message: string, access: DeniedAccess, reason: DenialReason, cause?: StudioError): StudioError {
  const { permission, host, site } = access;
  const data = {
    ...cause?.data,
    permission,
    reason: cause?.data.reason ?? reason,
    ...(host === undefined ? {} : { host }),
    ...(site === undefined ? {} : { site }),
  };
  return new StudioError('capabilities/denied', message, { data, cause });
}
