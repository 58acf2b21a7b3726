/**
 * Evaluates a plugin's code in a Compartment of its own. The code is wrapped in a function that takes every global as a
 * parameter: looking a global up in a Compartment costs much more than reading a variable. The wrapper begins on the
 * code's first line, so lines in stack traces are the bundle's. Both functions stand in parentheses: what does is
 * compiled at once, and otherwise it would be parsed twice.
 */
import { globalOf, refusedGlobals, refuseRequire } from './endowments/refused-globals';
import type { Timers } from './endowments/timers';
import { webGlobals } from './endowments/web-globals';

type PluginClass = new (context: unknown) => object;

interface PluginCode {
  readonly code: string;
  readonly url: string;
  readonly className: string;
}

/** What the plugin finds as globals, besides the language itself. */
interface Endowments {
  readonly timers: Timers;
  readonly fetch: unknown;
  readonly console: object;
}

/** @throws whatever the module throws while it is evaluated, or an Error where it exports no such class. */
export type LoadPluginClass = (plugin: PluginCode) => PluginClass;

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** Names that cannot be parameters in strict code, or that need not be. */
const NOT_CAPTURED = new Set(['eval', 'globalThis', 'undefined', 'NaN', 'Infinity']);

type Outer = (globals: object) => (module: object, exports: object, require: unknown) => void;

function createEvaluate({ timers, fetch, console }: Endowments) {
  const own = harden({ ...refusedGlobals(), ...webGlobals(), ...timers.globals, fetch, console });
  const globals = { ...own, global: harden(globalOf({ ...own, Object, Array, Function, JSON, Promise })) };
  const compartment = new Compartment({ globals, name: 'plugin', __options__: true });
  const captured = Object.getOwnPropertyNames(compartment.globalThis).filter(
    (name) => IDENTIFIER.test(name) && !NOT_CAPTURED.has(name),
  );
  return (code: string, url: string): Record<string, unknown> => {
    const source =
      `(function ({ ${captured.join(', ')} }) { return (function (module, exports, require) { ${code}\n}); })\n` +
      `//# sourceURL=${url}`;
    const outer = compartment.evaluate(source, { __rejectSomeDirectEvalExpressions__: false }) as Outer;
    const module = { exports: {} };
    outer(compartment.globalThis)(module, module.exports, harden(refuseRequire));
    return module.exports;
  };
}

/** For the one plugin of this process. What does not depend on it is done here, while the process waits for it. */
export function createPluginLoader(endowments: Endowments): LoadPluginClass {
  const evaluate = createEvaluate(endowments);
  evaluate('', 'plugin:warm-up');
  return ({ code, url, className }) => {
    const exports = evaluate(code, url);
    const found = exports[className];
    if (typeof found === 'function') return found as PluginClass;
    const names = Object.keys(exports).join(', ') || 'nothing';
    throw new Error(`The plugin exports ${names}, but no class named ${className}, which entry_point asks for.`);
  };
}
