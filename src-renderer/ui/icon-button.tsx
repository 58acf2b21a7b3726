/** A button that is only an icon. Its label is its name for everybody: tooltip, screen reader and test. */
import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { Icon } from './icon';
import { keyLabel } from './kbd';

interface IconButtonProps
  extends Omit<ActionIconProps, 'children'>,
    Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps> {
  readonly icon: string;
  readonly label: string;
  /** Such as Ctrl+B, shown in the tooltip. */
  readonly keys?: string;
  readonly iconSize?: number;
  /** Set for a button that is on or off. */
  readonly pressed?: boolean;
}

export function IconButton({ icon, label, keys, iconSize = 16, pressed, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={keys === undefined ? label : `${label} (${keyLabel(keys)})`}>
      <ActionIcon aria-label={label} aria-pressed={pressed} {...rest}>
        <Icon name={icon} size={iconSize} />
      </ActionIcon>
    </Tooltip>
  );
}
