/** One icon of the codicon font. It says nothing to a screen reader: what it means stands beside it or on its button. */
import type { CSSProperties } from 'react';

interface IconProps {
  /** Such as `play`; see the names in @vscode/codicons. */
  readonly name: string;
  readonly size?: number;
  readonly color?: string;
  readonly spin?: boolean;
  readonly className?: string;
}

export function Icon({ name, size = 16, color, spin = false, className }: IconProps) {
  const style: CSSProperties = {
    fontSize: size,
    width: size,
    height: size,
    flex: 'none',
    ...(color === undefined ? {} : { color }),
  };
  const classes = ['codicon', `codicon-${name}`, spin && 'codicon-modifier-spin', className].filter(Boolean).join(' ');
  return <span aria-hidden="true" className={classes} style={style} />;
}
