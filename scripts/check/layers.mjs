/** Prints each breach of the layer rules with the rule that it breaks. */
import { PROJECT } from '../launch/project.mjs';
import { cruiseLayers } from './cruise-layers.mjs';

const { modules, violations } = await cruiseLayers(PROJECT);
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} → ${to}`);
console.log(`${modules} modules, ${violations.length} breaches of the layer rules.`);
process.exitCode = violations.length === 0 ? 0 : 1;
