// Above the graph: which view of what, ended ties, search that selects and zooms, undo, pictures to take along.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { area, change, param } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { t, typeWord } from "../../texts";
import type { ViewName } from ".";
import type { Part } from "./part";

interface ToolbarProps {
  view: ViewName;
  of: string;
  part: Part;
  undo: (() => void) | null;
  fit: () => void;
  whole: () => void;
  arrange: () => void;
  take: (kind: "png" | "svg" | "json") => void;
  find: (id: string) => void;
}

/** What the view can be of: areas take the area, the others the node that was chosen. */
const OF_AREA: readonly ViewName[] = ["area", "appointments", "rings", "map"];

export function Toolbar(props: ToolbarProps): JSX.Element {
  const { view, part } = props;
  const words = t().graph;
  const wanted = useSignal("");
  const { areas } = useAreas();
  const name = part.nodes.get(props.of)?.name ?? areas?.by.get(props.of)?.name ?? props.of;
  const found = wanted.value ? [...part.nodes.values()].filter((n) => n.name.includes(wanted.value) || n.id.includes(wanted.value)).slice(0, 8) : [];
  const open = (next: ViewName): void => {
    const of = OF_AREA.includes(next) ? null : view === "node" || view === "path" ? props.of : (param("node") ?? props.of);
    change({ view: next, of: next === "rings" && props.of.startsWith("po-") ? props.of : of, node: null });
  };
  return (
    <div class="graph-bar no-print">
      <div class="switch" role="group" aria-label={words.view}>
        {(["area", "map", "appointments", "rings", "node", "path"] as const).map((v) => (
          <button
            key={v}
            type="button"
            aria-pressed={v === view}
            disabled={OF_AREA.includes(v) && !area.value && v !== view}
            title={words.viewsAbout[v]}
            onClick={() => open(v)}
          >
            {words.viewNames[v]}
          </button>
        ))}
      </div>
      <strong class="of">{name}</strong>
      {view === "node" && (
        <label class="choice">
          {words.hops}
          <select value={param("hops") ?? "1"} onChange={(e) => change({ hops: e.currentTarget.value })}>
            {["1", "2", "3"].map((n) => (
              <option key={n}>{n}</option>
            ))}
          </select>
        </label>
      )}
      {view !== "path" && view !== "map" && (
        <label class="choice">
          <input type="checkbox" checked={param("ended") === "1"} onChange={(e) => change({ ended: e.currentTarget.checked ? "1" : null })} />
          {words.ended}
        </label>
      )}
      <div class="finder within">
        <input
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={wanted.value}
          onInput={(e) => (wanted.value = e.currentTarget.value.trim())}
          onKeyDown={(e) => {
            if (e.key === "Escape") wanted.value = "";
            if (e.key !== "Enter" || !found[0]) return;
            props.find(found[0].id);
            wanted.value = "";
          }}
        />
        {found.length > 0 && (
          <ul class="hits">
            {found.map((node) => (
              <li key={node.id}>
                <button
                  type="button"
                  class="plain"
                  onClick={() => {
                    props.find(node.id);
                    wanted.value = "";
                  }}
                >
                  {node.name} <span class="soft">{typeWord(node.typeName, node.type)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      <span class="push" />
      <button type="button" disabled={!props.undo} onClick={() => props.undo?.()}>
        {words.undo}
      </button>
      <button type="button" onClick={props.arrange}>
        {words.arrange}
      </button>
      <button type="button" onClick={props.fit}>
        {words.fit}
      </button>
      <button type="button" onClick={props.whole}>
        {words.whole}
      </button>
      <span class="take">
        {(["png", "svg", "json"] as const).map((kind) => (
          <button key={kind} type="button" onClick={() => props.take(kind)}>
            {kind.toUpperCase()}
          </button>
        ))}
      </span>
    </div>
  );
}
