/** The states of the contract and what leads where, with the present one marked. */
import { LIFECYCLE_STATES, type LifecycleState } from '@shared/schemas';
import { PLACES, STEPS } from './model';
import styles from './plugins-panel.module.css';

const [STEP_X, STEP_Y, BOX_X, BOX_Y, EDGE] = [92, 44, 76, 24, 2];

const centre = (state: LifecycleState) => {
  const [column, row] = PLACES[state];
  return { x: EDGE + column * STEP_X + BOX_X / 2, y: EDGE + row * STEP_Y + BOX_Y / 2 };
};

function line(from: LifecycleState, to: LifecycleState): string {
  const [a, b] = [centre(from), centre(to)];
  const isFlat = a.y === b.y;
  const side = Math.sign(isFlat ? b.x - a.x : b.y - a.y);
  const [start, end] = isFlat
    ? [a.x + (side * BOX_X) / 2, b.x - side * (BOX_X / 2 + 3)]
    : [a.y + (side * BOX_Y) / 2, b.y - side * (BOX_Y / 2 + 3)];
  return isFlat ? `M${start} ${a.y}H${end}` : `M${a.x} ${start}V${end}`;
}

export function LifeDiagram({ state: present }: { readonly state: LifecycleState }) {
  return (
    <svg
      className={styles.life}
      viewBox={`0 0 ${4 * STEP_X + BOX_X + 2 * EDGE} ${STEP_Y + BOX_Y + 2 * EDGE}`}
      role="img"
      aria-label={`Lifecycle: ${present}`}
    >
      <defs>
        <marker id="life-step" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0L6 3L0 6" fill="none" stroke="var(--faint)" />
        </marker>
      </defs>
      {STEPS.map(([from, to]) => (
        <path key={from} d={line(from, to)} className={styles.step} markerEnd="url(#life-step)" />
      ))}
      {LIFECYCLE_STATES.map((state) => {
        const { x, y } = centre(state);
        return (
          <g key={state} className={styles.state} data-present={state === present} data-state={state}>
            <rect x={x - BOX_X / 2} y={y - BOX_Y / 2} width={BOX_X} height={BOX_Y} rx="4" />
            <text x={x} y={y + 4}>
              {state}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
