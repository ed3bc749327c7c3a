import type { Measurement } from '../../../shared/domain/test-result.ts';
import { trendPoints, trendWords } from './measurement-words.ts';
import styles from './sparkline.module.css';

const width = 64;
const height = 20;
const inset = 3;

/** The values over time as a line; its text equivalent names each (UI, Result). */
export function Sparkline({ measurement }: { readonly measurement: Measurement }) {
  const points = trendPoints(measurement);
  if (points.length < 2) return null;
  const low = Math.min(...points);
  const range = Math.max(...points) - low || 1;
  const places = points.map((value, at) => ({
    x: inset + (at * (width - 2 * inset)) / (points.length - 1),
    y: height - inset - ((value - low) * (height - 2 * inset)) / range,
  }));
  const end = places.at(-1);
  return (
    <svg
      className={styles.line}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={trendWords(measurement)}
    >
      <polyline
        points={places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      {end && <circle cx={end.x} cy={end.y} r="2.5" fill="currentColor" />}
    </svg>
  );
}
