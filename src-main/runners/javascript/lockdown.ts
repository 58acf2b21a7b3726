/**
 * Freezes the built-ins of this process before any other code of ours can hand them to a plugin. Must be imported
 * before everything that keeps state in built-ins, and once. Errors keep their stacks, since the host maps them.
 */
import 'ses';

lockdown({
  errorTaming: 'unsafe',
  overrideTaming: 'severe',
  consoleTaming: 'unsafe',
  stackFiltering: 'verbose',
  errorTrapping: 'none',
  unhandledRejectionTrapping: 'none',
  localeTaming: 'unsafe',
});
