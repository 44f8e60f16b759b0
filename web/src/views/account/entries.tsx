// Entries of the audit trail as a table: when, who, what, with which reason, how many rows.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Shapes } from "../../api/client";
import type { RowsColumn } from "../../parts/rows-table";
import { RowsTable } from "../../parts/rows-table";
import { whoWas } from "../../parts/who-was";
import { t } from "../../texts";

export type Entry = Shapes["EntryShape"];

/** In the time of this machine. */
export const time = (at: string): string => new Date(at).toLocaleString("sv-SE");
const parameters = (entry: Entry): string =>
  Object.entries(entry.parameters)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join("，");

export function Entries(props: { entries: Entry[]; label: string; mine?: boolean }): JSX.Element {
  const words = t().account;
  const columns = useMemo((): RowsColumn<Entry>[] => {
    const who: RowsColumn<Entry>[] = [
      {
        name: "who",
        heading: words.entry.who,
        of: (e) => e.who,
        show: (e) => (
          <>
            <span title={e.who}>{whoWas(e.who)}</span> {e.role && <span class="soft">{t().frame.roles[e.role as "viewer"] ?? e.role}</span>}
          </>
        ),
      },
    ];
    return [
      { name: "seq", heading: words.entry.seq, figure: true, of: (e) => e.seq },
      { name: "at", heading: words.entry.at, of: (e) => e.at, show: (e) => time(e.at) },
      ...(props.mine ? [] : who),
      { name: "what", heading: words.entry.what, of: (e) => e.what, show: (e) => <span title={e.what}>{e.what.replace("/api/v1", "")}</span> },
      { name: "parameters", heading: words.entry.parameters, of: parameters, show: (e) => <span title={parameters(e)}>{parameters(e)}</span> },
      {
        name: "personal",
        heading: words.entry.personal,
        of: (e) => e.personal,
        show: (e) => (e.personal ? <b>{t().words.yes}</b> : <span class="soft">{t().words.no}</span>),
      },
      { name: "reason", heading: words.entry.reason, of: (e) => e.reason, show: (e) => <span title={e.reason ?? ""}>{e.reason}</span> },
      { name: "status", heading: words.entry.status, figure: true, of: (e) => e.status },
      { name: "rows", heading: words.entry.rows, figure: true, of: (e) => e.rows },
    ];
  }, [words, props.mine]);
  return <RowsTable label={props.label} rows={props.entries} columns={columns} compare={compare} />;
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? ""), "zh-CN");
