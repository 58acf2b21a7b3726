import { expect, test } from 'vitest';
import { type ColorTokens, colors, tokensCss } from './tokens';

const channel = (hex: string, at: number) => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const luminance = (hex: string) => 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const READ: readonly (keyof ColorTokens)[] = [
  'text',
  'dim',
  'accent',
  'critical',
  'high',
  'medium',
  'low',
  'info',
  'ok',
  'keyword',
  'string',
  'number',
];
const SURFACES: readonly (keyof ColorTokens)[] = ['bg', 'side', 'panel', 'raised', 'selection'];

test.each(['dark', 'light'] as const)('what must be read in the %s theme can be read on every surface', (theme) => {
  const tokens = colors[theme];
  const tooFaint = READ.flatMap((name) =>
    SURFACES.filter((surface) => contrast(tokens[name], tokens[surface]) < 4.5).map(
      (surface) => `${name} on ${surface}: ${contrast(tokens[name], tokens[surface]).toFixed(2)}`,
    ),
  );
  expect(tooFaint).toEqual([]);
  expect(contrast(tokens.onAccent, tokens.accent)).toBeGreaterThanOrEqual(4.5);
});

test('every token is a CSS variable of both themes', () => {
  const css = tokensCss();
  for (const theme of ['dark', 'light']) expect(css).toMatch(new RegExp(`data-theme=${theme}\\]\\{[^}]*--on-accent:#`));
  expect(css).toContain('--size-row-tall:28px');
});
