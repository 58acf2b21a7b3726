/**
 * The operations that the host does for a plugin, asked for with what the plugin gave, copied, and with where in its
 * code it asked. The names of operations and fields are those of capability-operations.ts.
 */
import type { OperationName, OperationParams, OperationResult } from '@shared/contracts/capability-operations';
import { ACCESS_SITE_LIMIT } from '@shared/contracts/runner-limits';
import type { HostRequests } from '../host-requests';
import { toJsonValue } from '../to-json-value';

export interface HostAccess {
  /** Rejects with an error of the SDK's names: SecurityError, TimeoutError, ResourceError, ValidationError, PluginError. */
  perform<Name extends OperationName>(operation: Name, params: OperationParams<Name>): Promise<OperationResult<Name>>;
}

/** Frames of the runner come first; the host leaves them out. */
const siteNow = (): string => new Error('site').stack?.slice(0, ACCESS_SITE_LIMIT) ?? '';

export const createHostAccess = ({ ask }: HostRequests, currentCall: () => number | undefined): HostAccess => ({
  async perform(operation, params) {
    const site = siteNow();
    const args = toJsonValue(params, operation);
    const call = currentCall();
    const answer = await ask({ kind: 'access', operation, args, site, ...(call === undefined ? {} : { call }) });
    return answer as OperationResult<typeof operation>;
  },
});
