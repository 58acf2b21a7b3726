export { registerPermissionsCommands } from './permissions-commands';
export { PermissionsPanel } from './permissions-panel';
export { QuestionPrompt } from './question-prompt';
export { Containment, QuestionCount } from './status-facts';
