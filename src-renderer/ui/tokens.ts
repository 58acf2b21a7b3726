/**
 * The one place for what the window looks like. CSS variables, Mantine, Monaco and dockview all read these values;
 * a colour written anywhere else is a mistake. Faint is for what may be missed, never for what must be read.
 */
export type ThemeName = 'dark' | 'light';

export interface ColorTokens {
  readonly bg: string;
  readonly side: string;
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly faint: string;
  readonly accent: string;
  /** Text on a surface of the accent. */
  readonly onAccent: string;
  readonly selection: string;
  readonly critical: string;
  readonly high: string;
  readonly medium: string;
  readonly low: string;
  readonly info: string;
  readonly ok: string;
  readonly keyword: string;
  readonly string: string;
  readonly number: string;
}

export const colors: Readonly<Record<ThemeName, ColorTokens>> = {
  dark: {
    bg: '#16181d',
    side: '#1b1e24',
    panel: '#1f2229',
    raised: '#272b33',
    line: '#2e333c',
    text: '#d7dae0',
    dim: '#929aa8',
    faint: '#5c6370',
    accent: '#5b9dff',
    onAccent: '#0c1420',
    selection: '#2a3140',
    critical: '#ff667b',
    high: '#ff9d5c',
    medium: '#f2c94c',
    low: '#6fb7ff',
    info: '#929aa8',
    ok: '#4cc38a',
    keyword: '#c792ea',
    string: '#a5d6a7',
    number: '#ff9d5c',
  },
  light: {
    bg: '#ffffff',
    side: '#f6f7f9',
    panel: '#fbfbfc',
    raised: '#eef0f3',
    line: '#dfe2e7',
    text: '#1f2430',
    dim: '#5d6675',
    faint: '#98a1b0',
    accent: '#1b63d4',
    onAccent: '#ffffff',
    selection: '#e6effc',
    critical: '#c92345',
    high: '#ab4e0a',
    medium: '#856400',
    low: '#1b63d4',
    info: '#5d6675',
    ok: '#177245',
    keyword: '#7d2bd1',
    string: '#177245',
    number: '#ab4e0a',
  },
};

export const fonts = {
  ui: "'Inter Variable', 'Inter', system-ui, sans-serif",
  mono: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, monospace",
} as const;

/** In pixels, on a grid of 4. */
export const sizes = {
  font: 13,
  fontSmall: 12,
  fontTiny: 11,
  mono: 12.5,
  row: 24,
  rowTall: 28,
  tab: 34,
  toolbar: 36,
  titleBar: 36,
  statusBar: 24,
  activityBar: 48,
  radius: 4,
} as const;

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const block = (selector: string, entries: readonly (readonly [string, string])[]) =>
  `${selector}{${entries.map(([name, value]) => `--${kebab(name)}:${value}`).join(';')}}`;

/** The tokens as CSS variables: `--bg`, `--on-accent`, `--font-ui`, `--size-row`. */
export function tokensCss(): string {
  const fixed: [string, string][] = [
    ['fontUi', fonts.ui],
    ['fontMono', fonts.mono],
    ...Object.entries(sizes).map(([name, value]): [string, string] => [`size-${name}`, `${value}px`]),
  ];
  return [
    block(':root', fixed),
    ...(['dark', 'light'] as const).map(
      (theme) =>
        `${block(`[data-theme=${theme}]`, Object.entries(colors[theme]))}[data-theme=${theme}]{color-scheme:${theme}}`,
    ),
  ].join('\n');
}
