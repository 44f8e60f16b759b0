// What a load would change, or changed: by kind, value by value, old → new; all of it as a file.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import type { Answer } from "../../api/client";
import { download } from "../../api/client";
import { AskReason } from "../../frame/reason";
import type { RowsColumn } from "../../parts/rows-table";
import { RowsTable } from "../../parts/rows-table";
import { Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";
import type { Item } from "./follow";

type Change = Answer<"/api/v1/deliveries/{id}/changes">["data"][number];
const MOST = 5_000;

export function Changes({ item }: { item: Item }): JSX.Element {
  const words = t().intake;
  const group = useSignal<string>(item.groups[0]!.group);
  const asked = useAnswer("/api/v1/deliveries/{id}/changes", { $id: item.id, group: group.value }, MOST);
  const columns = useMemo((): RowsColumn<Change>[] => {
    const text = (name: keyof Change): RowsColumn<Change> => ({
      name,
      heading: words.change[name],
      of: (row) => row[name],
      show: (row) => <span title={row[name]}>{row[name]}</span>,
    });
    return [text("type"), text("name"), text("property"), text("old"), text("new"), text("note"), text("id")];
  }, [words]);
  return (
    <section aria-labelledby="changes-title">
      <div class="answer-head">
        <h3 id="changes-title">{item.state === "loaded" ? words.changed : words.wouldChange}</h3>
        <span class="switch" role="group" aria-label={words.wouldChange}>
          {item.groups.map((one) => (
            <button key={one.group} type="button" aria-pressed={group.value === one.group} onClick={() => (group.value = one.group)}>
              {pick(one.zh, one.group)} {number(one.lines)}
            </button>
          ))}
        </span>
        <button type="button" onClick={() => void download(`/api/v1/deliveries/${item.id}/changes/export`).catch(() => undefined)}>
          Excel
        </button>
        <AskReason />
      </div>
      <Shown asked={asked}>
        {({ data, page }) => (
          <>
            {page.total > data.length && <p class="note">{t().questions.onlyFirst(number(data.length), number(page.total))}</p>}
            {data.length > 0 ? <RowsTable label={words.changeTable} rows={data} columns={columns} compare={compare} /> : <p class="state">{t().states.empty}</p>}
          </>
        )}
      </Shown>
    </section>
  );
}

const compare = (a: unknown, b: unknown): number => String(a ?? "").localeCompare(String(b ?? ""), "zh-CN", { numeric: true });
