/** Mantine drawn with the tokens: compact, quiet, no shadows. */
import {
  ActionIcon,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  InputWrapper,
  Loader,
  type MantineColorsTuple,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Popover,
  SegmentedControl,
  Select,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { fonts, sizes } from './tokens';

const px = (value: number) => `${value}px`;

// Mantine wants ten shades of a colour; ours has one, which the page's theme decides.
const accent = Array.from({ length: 10 }, () => 'var(--accent)') as unknown as MantineColorsTuple;

/** What floats over the window. */
const surface = { background: 'var(--side)', borderColor: 'var(--line)' };

const field = { defaultProps: { size: 'xs' as const } };

export const mantineTheme = createTheme({
  fontFamily: fonts.ui,
  fontFamilyMonospace: fonts.mono,
  primaryColor: 'accent',
  colors: { accent },
  defaultRadius: px(sizes.radius),
  focusRing: 'auto',
  cursorType: 'default',
  respectReducedMotion: true,
  fontSizes: { xs: px(sizes.fontSmall), sm: px(sizes.font), md: px(sizes.font), lg: '15px', xl: '17px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '6px', xl: '8px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '17px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 'sm', variant: 'subtle', color: 'gray' } }),
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default' },
      vars: (_theme, { variant }) => ({
        root: {
          '--button-height': '26px',
          '--button-padding-x': '10px',
          '--button-fz': px(sizes.font),
          // Mantine would write white on any colour.
          ...(variant === 'filled' ? { '--button-color': 'var(--on-accent)' } : {}),
        },
      }),
      styles: { root: { fontWeight: 500 } },
    }),
    Checkbox: Checkbox.extend(field),
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      // Two steps below the field, as Mantine has it, is too small to be read.
      vars: () => ({
        label: {},
        success: {},
        error: { '--input-error-size': px(sizes.fontSmall) },
        description: { '--input-description-size': px(sizes.fontSmall) },
      }),
    }),
    Loader: Loader.extend({ defaultProps: { size: 14, type: 'oval' } }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'none',
        transitionProps: { duration: 0 },
        position: 'bottom-start',
        offset: 2,
        withinPortal: true,
      },
      styles: {
        dropdown: surface,
        item: { minHeight: 26, padding: '3px 8px' },
        divider: { borderColor: 'var(--line)' },
      },
    }),
    Modal: Modal.extend({
      defaultProps: { shadow: 'none', transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.4 } },
    }),
    // A number out of its range is the person's to mend, with the field saying so; it is never changed behind their back.
    NumberInput: NumberInput.extend({ defaultProps: { ...field.defaultProps, clampBehavior: 'none' } }),
    MultiSelect: MultiSelect.extend(field),
    PasswordInput: PasswordInput.extend(field),
    Popover: Popover.extend({ defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs', transitionDuration: 0 } }),
    Select: Select.extend(field),
    Switch: Switch.extend(field),
    TagsInput: TagsInput.extend(field),
    Textarea: Textarea.extend(field),
    TextInput: TextInput.extend(field),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withinPortal: true, transitionProps: { duration: 0 } } }),
  },
});

/** What Mantine takes from its own scales of grey, in either theme. */
const variables = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--dim)',
  '--mantine-color-placeholder': 'var(--dim)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'color-mix(in srgb, var(--raised) 88%, var(--text))',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-error': 'var(--critical)',
  '--mantine-color-disabled': 'var(--raised)',
  '--mantine-color-disabled-color': 'var(--faint)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'color-mix(in srgb, var(--accent) 88%, var(--text))',
  '--mantine-color-accent-light': 'var(--selection)',
  '--mantine-color-accent-light-hover': 'var(--selection)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-outline': 'var(--accent)',
  '--mantine-color-gray-light-color': 'var(--dim)',
  '--mantine-color-gray-light-hover': 'var(--raised)',
};

/** Mantine's components take their surfaces from these steps of grey. */
const darkGreys = {
  '--mantine-color-dark-0': 'var(--text)',
  '--mantine-color-dark-1': 'var(--text)',
  '--mantine-color-dark-2': 'var(--dim)',
  '--mantine-color-dark-3': 'var(--faint)',
  '--mantine-color-dark-4': 'var(--line)',
  '--mantine-color-dark-5': 'var(--raised)',
  '--mantine-color-dark-6': 'var(--bg)',
  '--mantine-color-dark-7': 'var(--panel)',
  '--mantine-color-dark-8': 'var(--bg)',
  '--mantine-color-dark-9': 'var(--bg)',
};
const lightGreys = {
  '--mantine-color-gray-0': 'var(--panel)',
  '--mantine-color-gray-1': 'var(--raised)',
  '--mantine-color-gray-2': 'var(--raised)',
  '--mantine-color-gray-3': 'var(--line)',
  '--mantine-color-gray-4': 'var(--line)',
  '--mantine-color-gray-5': 'var(--faint)',
  '--mantine-color-gray-6': 'var(--dim)',
  '--mantine-color-gray-7': 'var(--dim)',
};

export const mantineVariables: CSSVariablesResolver = () => ({
  variables: {},
  dark: { ...variables, ...darkGreys },
  light: { ...variables, ...lightGreys },
});
