// A small stacked bar of three states with its figures: told apart by colour, hatching and order, read as text.
import type { JSX } from "preact";
import { number, percent, t } from "../texts";

export interface Counted {
  covered: number;
  gap: number;
  unknown: number;
  total: number;
  share_low?: number | null;
  share_high?: number | null;
}
export type CountState = "covered" | "gap" | "unknown";
const STATES: readonly CountState[] = ["covered", "gap", "unknown"];

/**
 * `href` leads from a figure to the rows behind it. These are functions, not components, and few elements:
 * a city's table has hundreds of bars, and what one costs is what the overview costs.
 */
export function bar(counted: Counted, href?: (state: CountState) => string): JSX.Element {
  const whole = counted.covered + counted.gap + counted.unknown;
  if (!whole) return noRecord();
  return (
    <>
      <div class="stack" aria-hidden="true">
        {STATES.map((state) => counted[state] > 0 && <i class={state} style={{ flexGrow: counted[state] }} />)}
      </div>
      <div class="figures">
        {figure("covered", counted.covered, href)}/{figure("gap", counted.gap, href)}/{figure("unknown", counted.unknown, href)}
        {share(counted)}
      </div>
    </>
  );
}

/** Nothing is recorded there: a dash, so that a table of few figures can be read. */
export const noRecord = (): JSX.Element => (
  <span class="soft" title={t().overview.notCounted} role="img" aria-label={t().overview.notCounted}>
    –
  </span>
);

function figure(state: CountState, value: number, href: ((state: CountState) => string) | undefined): JSX.Element {
  const told = number(value);
  const label = `${t().words[state]} ${told}`;
  if (!href || !value)
    return (
      <span class={value ? `figure-${state}` : ""} title={label}>
        {told}
      </span>
    );
  return (
    <a data-here class={`figure-${state}`} href={href(state)} title={label} aria-label={label}>
      {told}
    </a>
  );
}

function share({ share_low: low, share_high: high }: Counted): JSX.Element | null {
  if (low === null || low === undefined || high === null || high === undefined) return null;
  return (
    <span class="share" title={t().words.share}>
      {low === high ? percent(low) : `${percent(low)}–${percent(high)}`}
    </span>
  );
}

/** What the colours mean. */
export function BarLegend(): JSX.Element {
  return (
    <span class="bar-legend">
      {STATES.map((state) => (
        <span key={state}>
          <span class={`swatch ${state}`} aria-hidden="true" />
          {t().words[state]}
        </span>
      ))}
    </span>
  );
}
