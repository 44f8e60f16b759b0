// Errors and warnings next to the cells they are about, and the marked copy to take back.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { Failure, download } from "../../api/client";
import type { RowsColumn } from "../../parts/rows-table";
import { RowsTable } from "../../parts/rows-table";
import { Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";
import type { Item } from "./follow";

type Finding = Shapes["FindingShape"];
const MOST = 5_000;
const WHOLE = 200; // up to so many rows have what was expected in full, on as many lines as it takes

export function Findings({ item }: { item: Item }): JSX.Element {
  const words = t().intake;
  const level = useSignal<"error" | "warning">(item.errors ? "error" : "warning");
  const trouble = useSignal("");
  const asked = useAnswer("/api/v1/deliveries/{id}/findings", { $id: item.id, level: level.value }, MOST);
  const columns = useMemo((): RowsColumn<Finding>[] => {
    return [
      { name: "sheet", heading: words.finding.sheet, of: (f) => f.sheet || f.file },
      { name: "row", heading: words.finding.row, figure: true, of: (f) => f.row || null, show: (f) => f.row || "" },
      { name: "cell", heading: words.finding.cell, of: (f) => f.cell },
      { name: "column", heading: words.finding.column, of: (f) => (f.column === "place" ? words.finding.place : f.column) },
      { name: "value", heading: words.finding.value, of: (f) => f.value, show: (f) => <span class="cell-value">{f.value}</span> },
      { name: "what", heading: words.finding.what, of: (f) => pick(f.zh, f.en), show: (f) => <span title={pick(f.zh, f.en)}>{pick(f.zh, f.en)}</span> },
    ];
  }, [words]);
  const take = (): void => {
    trouble.value = "";
    download(`/api/v1/deliveries/${item.id}/marked`).catch((error: unknown) => {
      if (error instanceof Failure) trouble.value = pick(error.problem.detail_zh, error.problem.detail_en);
    });
  };
  return (
    <section aria-labelledby="findings-title">
      <div class="answer-head">
        <h3 id="findings-title">{words.findings}</h3>
        <span class="switch" role="group" aria-label={words.findings}>
          <button type="button" aria-pressed={level.value === "error"} onClick={() => (level.value = "error")}>
            {words.errors(number(item.errors))}
          </button>
          <button type="button" aria-pressed={level.value === "warning"} onClick={() => (level.value = "warning")}>
            {words.warnings(number(item.warnings))}
          </button>
        </span>
        {item.marked && (
          <button type="button" class="main" onClick={take}>
            {words.marked}
          </button>
        )}
        {trouble.value && <span class="wrong">{trouble.value}</span>}
      </div>
      <Shown asked={asked}>
        {({ data, page }) => (
          <>
            {page.total > data.length && <p class="note">{t().questions.onlyFirst(number(data.length), number(page.total))}</p>}
            {data.length > 0 ? <RowsTable label={words.findingTable} rows={data} columns={columns} compare={compare} whole={data.length <= WHOLE} /> : <p class="state">{t().states.empty}</p>}
          </>
        )}
      </Shown>
    </section>
  );
}

const compare = (a: unknown, b: unknown): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a ?? "").localeCompare(String(b ?? ""), "zh-CN", { numeric: true });
