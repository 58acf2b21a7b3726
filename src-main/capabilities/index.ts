/** What plugins may do outside of their sandbox, and who says so. */
export { type Broker, createBroker } from './broker';
export type { Allowance } from './folder-grants';
export { type GrantStore, openGrantStore } from './grant-store';
export { parseHostPattern } from './network/host-grant';
export { createPluginPermissions, type PluginPermissions } from './plugin-permissions';
export { createQuestions, type Questions } from './questions';
