/**
 * Evaluates a plugin's code in a Compartment of its own. The code is wrapped in a function that takes every global as a
 * parameter: looking a global up in a Compartment costs much more than reading a variable. The wrapper begins on the
 * code's first line, so lines in stack traces are the bundle's.
 */
import { refusedGlobals, refuseRequire } from './endowments/refused-globals';
import type { Timers } from './endowments/timers';
import { webGlobals } from './endowments/web-globals';

type PluginClass = new (context: unknown) => object;

interface LoadOptions {
  readonly code: string;
  readonly url: string;
  readonly className: string;
  readonly timers: Timers;
  readonly fetch: unknown;
  readonly console: object;
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
/** Names that cannot be parameters in strict code, or that need not be. */
const NOT_CAPTURED = new Set(['eval', 'globalThis', 'undefined', 'NaN', 'Infinity']);

type Outer = (globals: object) => (module: object, exports: object, require: unknown) => void;

function evaluate({ code, url, timers, fetch, console }: LoadOptions): Record<string, unknown> {
  const globals = harden({ ...refusedGlobals(), ...webGlobals(), ...timers.globals, fetch, console });
  const compartment = new Compartment({ globals, name: url, __options__: true });
  const captured = Object.getOwnPropertyNames(compartment.globalThis).filter(
    (name) => IDENTIFIER.test(name) && !NOT_CAPTURED.has(name),
  );
  const source =
    `(function ({ ${captured.join(', ')} }) { return function (module, exports, require) { ${code}\n}; })\n` +
    `//# sourceURL=${url}`;
  const outer = compartment.evaluate(source, { __rejectSomeDirectEvalExpressions__: false }) as Outer;
  const module = { exports: {} };
  outer(compartment.globalThis)(module, module.exports, harden(refuseRequire));
  return module.exports;
}

/** @throws whatever the module throws while it is evaluated, or an Error where it exports no such class. */
export function loadPluginClass(options: LoadOptions): PluginClass {
  const exports = evaluate(options);
  const found = exports[options.className];
  if (typeof found === 'function') return found as PluginClass;
  const names = Object.keys(exports).join(', ') || 'nothing';
  throw new Error(`The plugin exports ${names}, but no class named ${options.className}, which entry_point asks for.`);
}
