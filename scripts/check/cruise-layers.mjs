/** Holds the layer rules of .dependency-cruiser.cjs. A run that read no module is an error, not a pass. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import './swc-with-tsx.mjs';
import { cruise } from 'dependency-cruiser';

const LAYERS = ['src-shared', 'src-main', 'src-renderer'];

/** @returns {Promise<{ modules: number, violations: { rule: string, from: string, to: string }[] }>} */
export async function cruiseLayers(root) {
  const { options, ...ruleSet } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
  const layers = LAYERS.filter((layer) => existsSync(join(root, layer)));
  const resolution = { alias: { '@shared': join(root, 'src-shared') } };
  const { output } = await cruise(layers, { ...options, ruleSet, validate: true, baseDir: root }, resolution);
  const { totalCruised, violations } = output.summary;
  if (totalCruised === 0) throw new Error('The layer check read no module, so it has checked nothing.');
  return {
    modules: totalCruised,
    violations: violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
