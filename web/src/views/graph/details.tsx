// What was chosen in the graph, without leaving it: its ties in words, and what can be done from here.
import type { JSX } from "preact";
import { change, link, param } from "../../frame/address";
import { useWords } from "../../parts/words";
import { t } from "../../texts";
import type { ViewName } from ".";
import type { Node, Part } from "./part";
import { isExpanded, moreOf } from "./part";

interface DetailsProps {
  node: Node;
  part: Part;
  view: ViewName;
  of: string;
  expand: () => void;
  collapse: () => void;
  hide: () => void;
}

export function Details(props: DetailsProps): JSX.Element {
  const { node, part } = props;
  const words = useWords();
  const t_ = t().graph;
  const more = moreOf(node);
  const ties = [...part.edges.values()].filter((e) => e.source === node.id || e.target === node.id);
  return (
    <section class="chosen-node" aria-label={t_.details}>
      <h2>
        {node.name} <small class="soft">{words.type(node.type)}</small>
      </h2>
      <p class="actions no-print">
        <button type="button" onClick={props.expand}>
          {more ? `${t_.expand}（${t_.more(more)}）` : t_.expand}
        </button>
        <button type="button" disabled={!isExpanded(part, node.id)} onClick={props.collapse}>
          {t_.collapse}
        </button>
        <button type="button" onClick={props.hide}>
          {t_.hide}
        </button>
        <button type="button" aria-pressed={param("from") === node.id} onClick={() => change({ from: node.id })}>
          {t_.pathFrom}
        </button>
        <button type="button" aria-pressed={param("to") === node.id} onClick={() => change({ to: node.id })}>
          {t_.pathTo}
        </button>
      </p>
      <p class="no-print">
        <a data-here href={link("/graph", { view: "node", of: node.id })}>
          {t_.around}
        </a>
        {node.type === "PartyOrganization" && (
          <>
            {" · "}
            <a data-here href={link("/graph", { view: "rings", of: node.id })}>
              {t_.viewNames.rings}
            </a>
          </>
        )}
        {(node.type === "Need" || node.type === "Quarter") && (
          <>
            {" · "}
            <a data-here href={link("/graph", { view: "path", of: node.id })}>
              {t_.viewNames.path}
            </a>
          </>
        )}
        {node.type === "Area" && (
          <>
            {" · "}
            <a data-here href={link("/overview", { area: node.id })}>
              {t().views.overview}
            </a>
          </>
        )}
      </p>
      <ul class="evidence">
        {ties.slice(0, 12).map((edge) => {
          const out = edge.source === node.id;
          const other = part.nodes.get(out ? edge.target : edge.source);
          return (
            <li key={edge.id}>
              <span class="soft">
                {out ? "→" : "←"} {words.type(edge.type)}
              </span>{" "}
              <button type="button" class="plain inline" onClick={() => change({ node: other?.id ?? null }, true)}>
                {other?.name}
              </button>
              <span class="soft">
                {" "}
                {edge.since ? `${t().words.since} ${edge.since}` : t().words.sinceUnknown}
                {edge.until ? ` ${t().words.until} ${edge.until}` : ""}
              </span>
            </li>
          );
        })}
      </ul>
      {ties.length > 12 && <p class="soft">{t_.more(ties.length - 12)}</p>}
    </section>
  );
}
