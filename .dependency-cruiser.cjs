/**
 * Who may use whom. The order of the layers is the order of the lists below: each may use those before it. Tests may
 * reach across, to join the two ends of what they test; product code may not reach into a test.
 */
const TESTS = '\\.(test|fixture)\\.tsx?$|/port-conformance\\.ts$';

/** Folders of src-main, from the lowest layer to the highest. */
const HOST_LAYERS = [
  ['files', 'bus', 'timing', 'window-files'],
  ['event-store', 'config', 'manifest', 'capabilities'],
  ['runtime'],
  ['build', 'debug', 'plugin-tests', 'runs', 'registry', 'packaging'],
  ['services'],
  ['shell-electron', 'shell-headless'],
];

/** Folders of src-renderer, likewise. */
const WINDOW_LAYERS = [['ui', 'editor', 'client'], ['stores'], ['panels'], ['app']];

/** Parts of src-shared, likewise. */
const SHARED_LAYERS = [['schemas', 'errors'], ['rpc'], ['contracts']];

const folders = (top, names) => `^${top}/(${names.join('|')})(/|\\.ts$)`;

/** One rule for each layer but the highest: it uses none above it. */
function upwardRules(top, layers) {
  return layers.slice(0, -1).map((names, index) => ({
    name: `${top}-${names.join('-')}-use-nothing-above`,
    severity: 'error',
    from: { path: folders(top, names), pathNot: TESTS },
    to: { path: folders(top, layers.slice(index + 1).flat()) },
  }));
}

const NODE_ONLY = '^src-(shared|renderer)/';

module.exports = {
  forbidden: [
    ...upwardRules('src-shared', SHARED_LAYERS),
    ...upwardRules('src-main', HOST_LAYERS),
    ...upwardRules('src-renderer', WINDOW_LAYERS),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-stands-alone',
      comment: 'What window and host share knows neither of them.',
      severity: 'error',
      from: { path: '^src-shared/', pathNot: TESTS },
      to: { path: '^src-(main|renderer)/' },
    },
    {
      name: 'window-and-host-meet-in-shared',
      severity: 'error',
      from: { path: '^src-(main|renderer)/', pathNot: TESTS },
      to: { path: '^src-(main|renderer)/', pathNot: '^src-$1/' },
    },
    {
      name: 'no-node-outside-the-host',
      severity: 'error',
      from: { path: NODE_ONLY, pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-the-desktop-shell-knows-electron',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/shell-electron/' },
      to: { path: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'runners-use-only-shared',
      comment: 'A runner lives in a process of its own and must not carry the host with it.',
      severity: 'error',
      from: { path: '^src-main/runners/', pathNot: TESTS },
      to: { path: '^src-main/', pathNot: '^src-main/runners/' },
    },
    {
      name: 'nothing-uses-a-runner',
      comment: 'The host starts the built runner by its file; it never imports one.',
      severity: 'error',
      from: { path: '^src-main/', pathNot: `^src-main/runners/|${TESTS}` },
      to: { path: '^src-main/runners/' },
    },
    {
      name: 'shells-stand-apart',
      severity: 'error',
      from: { path: '^src-main/(shell-[^/]+)/', pathNot: TESTS },
      to: { path: '^src-main/shell-', pathNot: '^src-main/$1/' },
    },
    {
      name: 'panels-stand-apart',
      severity: 'error',
      from: { path: '^src-renderer/panels/([^/]+)/', pathNot: TESTS },
      to: { path: '^src-renderer/panels/', pathNot: '^src-renderer/panels/$1/' },
    },
    {
      name: 'ui-knows-no-studio',
      comment: 'Components of ui/ could be used in any other program.',
      severity: 'error',
      from: { path: '^src-renderer/ui/', pathNot: TESTS },
      to: { path: '^src-(shared|renderer)/', pathNot: '^src-renderer/ui/' },
    },
    {
      name: 'only-the-ports-know-the-door',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: `^src-renderer/client/ports/|${TESTS}` },
      to: { path: '^src-shared/window-shell\\.ts$' },
    },
    {
      name: 'ports-are-asked-for-at-their-door',
      comment: 'The rest of the window goes through client/ports/index.ts.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: `^src-renderer/client/ports/|${TESTS}` },
      to: { path: '^src-renderer/client/ports/', pathNot: '^src-renderer/client/ports/index\\.ts$' },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      from: { path: '^src-', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-missing-module',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|raw|url)$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/|\\.d\\.ts$' },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
