// The types in the picture with colour and shape; a click takes a type away and brings it back.
import type { JSX } from "preact";
import { change } from "../../frame/address";
import { shade } from "../../frame/settings";
import { useWords } from "../../parts/words";
import { number, t } from "../../texts";
import type { Part } from "./part";
import { seen } from "./shades";

export function Legend({ part, hidden }: { part: Part; hidden: ReadonlySet<string> }): JSX.Element {
  const words = useWords();
  void shade.value; // drawn anew where the light is another
  const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
  const nodes = tally([...part.nodes.values()]);
  const edges = tally([...part.edges.values()]);
  const toggle = (type: string): void => {
    const next = hidden.has(type) ? [...hidden].filter((h) => h !== type) : [...hidden, type];
    change({ off: next.join(",") }, true);
  };
  const entry = (type: string, found: { colour: string; count: number; kind: string }, edge: boolean): JSX.Element => (
    <li key={type}>
      <button type="button" class="plain" aria-pressed={!hidden.has(type)} onClick={() => toggle(type)}>
        <span class={`key ${edge ? `edge ${found.kind}` : found.kind}`} style={edge ? { borderColor: seen(found.colour, paper) } : { background: seen(found.colour, paper) }} aria-hidden="true" />
        {words.type(type)} <span class="soft">{number(found.count)}</span>
      </button>
    </li>
  );
  return (
    <section class="legend" aria-label={t().graph.legend}>
      <ul>{[...nodes].map(([type, found]) => entry(type, found, false))}</ul>
      <ul>{[...edges].map(([type, found]) => entry(type, found, true))}</ul>
    </section>
  );
}

function tally(items: readonly { type: string; colour: string; shape?: string; line?: string }[]): Map<string, { colour: string; count: number; kind: string }> {
  const found = new Map<string, { colour: string; count: number; kind: string }>();
  for (const item of items) {
    const before = found.get(item.type);
    if (before) before.count += 1;
    else found.set(item.type, { colour: item.colour, count: 1, kind: item.shape ?? item.line ?? "" });
  }
  return new Map([...found].sort((a, b) => b[1].count - a[1].count));
}
