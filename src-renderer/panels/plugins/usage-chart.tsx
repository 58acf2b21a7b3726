/** One figure over the last ten minutes. */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useStore } from 'zustand';
import { pageTheme } from '../../ui/resolved-theme';
import { colors } from '../../ui/tokens';
import { withGaps } from './model';
import styles from './plugins-panel.module.css';

export interface UsageChartProps {
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly times: readonly number[];
  readonly values: readonly number[];
  readonly format: (value: number) => string;
}

const HEIGHT = 72;

export function UsageChart({ label, times, values, format }: UsageChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const theme = useStore(pageTheme, (state) => state.theme);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { accent, dim, line } = colors[theme];
    const axis = { stroke: dim, font: '11px Inter Variable', grid: { stroke: line, width: 1 }, ticks: { show: false } };
    const made = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.2, 1)] } },
        axes: [
          { ...axis, space: 80, size: 24, values: '{HH}:{mm}:{ss}' },
          { ...axis, space: 20, size: 56, values: (_, ticks) => ticks.map(format) },
        ],
        series: [{}, { stroke: accent, width: 1.5, fill: `${accent}22`, points: { show: false } }],
      },
      [[], []],
      element,
    );
    chart.current = made;
    const resizes = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    resizes.observe(element);
    return () => {
      resizes.disconnect();
      made.destroy();
    };
  }, [theme, format]);

  useEffect(() => {
    if (theme === undefined) return;
    const line = withGaps(times, values);
    chart.current?.setData([line.times.map((time) => time / 1000), [...line.values]]);
  }, [times, values, theme]);

  const latest = values.at(-1);
  return (
    <figure className={styles.chart}>
      <figcaption>
        {label} <strong>{latest === undefined ? '' : format(latest)}</strong>
      </figcaption>
      <div ref={box} />
    </figure>
  );
}
