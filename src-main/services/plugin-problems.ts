/** What is wrong with one plugin, by where it was found: each source replaces its own part and leaves the others. */
import type { Diagnostic } from '@shared/contracts';
import { createEmitter, type Listenable } from '@shared/rpc';

export interface PluginProblems {
  replace(source: Diagnostic['source'], diagnostics: readonly Diagnostic[]): void;
  all(): Diagnostic[];
  readonly onDidChange: Listenable<void>;
}

const ORDER = ['manifest', 'build', 'config', 'runtime', 'test'] as const;

export function createPluginProblems(): PluginProblems {
  const bySource = new Map<Diagnostic['source'], readonly Diagnostic[]>();
  const didChange = createEmitter<void>();
  return {
    replace(source, diagnostics) {
      const before = bySource.get(source) ?? [];
      if (before.length === 0 && diagnostics.length === 0) return;
      bySource.set(source, diagnostics);
      didChange.emit();
    },
    all: () => ORDER.flatMap((source) => [...(bySource.get(source) ?? [])]),
    onDidChange: didChange,
  };
}
