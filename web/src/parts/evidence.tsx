// Evidence in words: each record by its ends, since when, and the document that says so with its day.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { useAnswer } from "../api/answer";
import { asOf, link } from "../frame/address";
import { t } from "../texts";
import { written } from "./days";
import { useWords } from "./words";
import { MASK } from "./mask";

const FEW = 6; // records shown before one asks for all

export function Evidence({ ids }: { ids: string[] }): JSX.Element | null {
  const all = useSignal(false);
  if (!ids.length) return null;
  const shown = all.value ? ids : ids.slice(0, FEW);
  return (
    <>
      <h3>{t().lists.evidence}</h3>
      <ul class="evidence">
        {shown.map((id) => (
          <RecordLine key={id} id={id} />
        ))}
      </ul>
      {shown.length < ids.length && (
        <button type="button" class="plain" onClick={() => (all.value = true)}>
          {t().lists.moreEvidence(ids.length - shown.length)}
        </button>
      )}
    </>
  );
}

const RecordLine = ({ id }: { id: string }): JSX.Element => (
  <li>
    <Record id={id} />
  </li>
);

/** An edge is named `from~TYPE~to…`, everything else is a thing. */
function Record({ id }: { id: string }): JSX.Element {
  const [from, type, to] = id.split("~");
  return (
    <>
      {type && to ? (
        <Edge id={id} from={from!} type={type} to={to} />
      ) : from && /^[a-z]{1,2}-|^\d{12}$/.test(from) ? (
        <Name id={from} />
      ) : (
        <span class="soft">{id === MASK ? t().lists.maskedEvidence : id}</span>
      )}
    </>
  );
}

interface EdgeProps {
  id: string;
  from: string;
  type: string;
  to: string;
}

function Edge({ id, from, type, to }: EdgeProps): JSX.Element {
  const words = useWords();
  // The end with fewer ties is asked: areas and source documents have thousands.
  const lean = /^\d|^d-/.test(from) ? to : from;
  const heavy = /^\d|^d-/.test(lean);
  const asked = useAnswer(heavy ? null : "/api/v1/nodes/{id}/neighbours", { $id: lean, types: type, limit: 1000, as_of: asOf.value });
  const row = asked.answer?.data.find((r) => r.edge === id);
  const properties = (row?.properties ?? {}) as { since?: string | null; until?: string | null; source?: string; since_known?: boolean; date_precision?: string[] };
  return (
    <>
      <Name id={from} /> <span class="soft">{words.type(type)}</span> {!to.startsWith("d-") && <Name id={to} />}
      {row && (
        <span class="soft">
          {" "}
          {properties.since ? `${t().words.since} ${written(properties.since, "since", properties.date_precision)}` : t().words.sinceUnknown}
          {properties.until ? ` ${t().words.until} ${written(properties.until, "until", properties.date_precision)}` : ""}
        </span>
      )}
      {properties.source ? <Source id={properties.source} /> : to.startsWith("d-") && <Source id={to} />}
    </>
  );
}

/** A source document with its day. */
export function Source({ id }: { id: string }): JSX.Element {
  const found = useAnswer("/api/v1/nodes/{id}", { $id: id }).answer?.data;
  const properties = (found?.properties ?? {}) as { name?: string; published_on?: string | null; obtained_on?: string | null };
  const day = properties.published_on ?? properties.obtained_on;
  return (
    <span class="source">
      {t().words.source}：{properties.name ?? id}
      {day ? `，${day}` : ""}
    </span>
  );
}

/** A record that is missing, in words: `post@id` is a register, `id.seats` a property of a thing or a tie. */
export function Lacking({ code }: { code: string }): JSX.Element {
  const words = useWords();
  const [register, place] = code.split("@");
  const dot = code.lastIndexOf(".");
  if (place === undefined && dot < 0) return <Record id={code} />;
  const what = place === undefined ? words.property(code.slice(dot + 1)) : t().lists.lacking(words.value(register, "subject"), null);
  const [from, type, to] = (place ?? code.slice(0, dot)).split("~");
  const around = t().lists.lackingOf;
  return (
    <>
      {around.before(what)}
      <Name id={from!} /> {type && to && words.type(type)} {type && to && <Name id={to} />}
      {around.after(what)}
    </>
  );
}

/** A sentence of the service, which names its documents by id: here by what they are called. */
export function Told({ text }: { text: string }): JSX.Element {
  const parts = text.split(/(\bd-[\w-]+)/);
  return <>{parts.map((part, index) => (index % 2 ? <Document key={index} id={part} /> : part))}</>;
}

function Document({ id }: { id: string }): JSX.Element {
  const found = useAnswer("/api/v1/nodes/{id}", { $id: id }).answer?.data;
  return <span title={id}>{(found?.properties as { name?: string } | undefined)?.name ?? id}</span>;
}

/** A thing by its name, leading to what is around it. */
export function Name({ id }: { id: string }): JSX.Element {
  const bare = id.split("#")[0]!;
  const found = useAnswer("/api/v1/nodes/{id}", { $id: bare }).answer?.data;
  const name = (found?.properties as { name?: string } | undefined)?.name ?? bare;
  return (
    <a data-here href={link("/graph", { view: "node", of: bare })} title={bare}>
      {name === MASK ? bare : name}
    </a>
  );
}
