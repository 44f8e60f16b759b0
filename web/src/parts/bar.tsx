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

/** `href` leads from a figure to the rows behind it. */
export function Bar(props: { counted: Counted; href?: (state: CountState) => string }): JSX.Element {
  const { counted } = props;
  const whole = counted.covered + counted.gap + counted.unknown;
  if (!whole) return <NoRecord />;
  return (
    <div class="count">
      <div class="stack" aria-hidden="true">
        {STATES.map((state) => counted[state] > 0 && <span key={state} class={state} style={{ flexGrow: counted[state] }} />)}
      </div>
      <div class="figures">
        {STATES.map((state, index) => (
          <span key={state}>
            {index > 0 && <span class="soft">/</span>}
            <Figure state={state} value={counted[state]} href={props.href} />
          </span>
        ))}
        <Share counted={counted} />
      </div>
    </div>
  );
}

/** Nothing is recorded there: a dash, so that a table of few figures can be read. */
export const NoRecord = (): JSX.Element => (
  <span class="soft" title={t().overview.notCounted} role="img" aria-label={t().overview.notCounted}>
    –
  </span>
);

function Figure(props: { state: CountState; value: number; href?: ((state: CountState) => string) | undefined }): JSX.Element {
  const label = `${t().words[props.state]} ${number(props.value)}`;
  if (!props.href || !props.value)
    return (
      <span class={`figure-${props.state}`} title={label}>
        {number(props.value)}
      </span>
    );
  return (
    <a data-here class={`figure-${props.state}`} href={props.href(props.state)} title={label} aria-label={label}>
      {number(props.value)}
    </a>
  );
}

function Share({ counted }: { counted: Counted }): JSX.Element | null {
  const { share_low: low, share_high: high } = counted;
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
