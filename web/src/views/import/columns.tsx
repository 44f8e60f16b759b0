// How a register in its own form is read: each column with samples, corrected here, kept as a form.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { send } from "../../api/client";
import { t } from "../../texts";
import type { Item } from "./follow";

interface Props {
  item: Item;
  act: (work: () => Promise<{ data: Item }>) => Promise<void>;
}

export function Columns({ item, act }: Props): JSX.Element {
  const words = t().intake;
  const proposal = item.proposal!;
  const changed = useSignal<Record<string, string>>({});
  const kind = useSignal(proposal.kind);
  const form = useSignal(proposal.form);
  const read = (): void =>
    void act(() =>
      send("POST", "/api/v1/deliveries/{id}/form", { $id: item.id }, { register_kind: kind.value, form: form.value || null, columns: changed.value }),
    );
  const fields = new Map(proposal.fields.map((field) => [field.zh, field.field]));
  return (
    <section class="columns" aria-labelledby="columns-title">
      <h3 id="columns-title">{words.columns}</h3>
      <p class="soft">
        {proposal.known_form ? words.knownForm(proposal.form) : words.newForm(proposal.form)}
        {proposal.unread_sheets.length > 0 && ` ${words.unread(proposal.unread_sheets.join("、"))}`}
      </p>
      <div class="filters">
        <label>
          {words.registerKind}{" "}
          <select value={kind.value} onChange={(e) => (kind.value = e.currentTarget.value)}>
            {proposal.kinds.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.formName} <input type="text" value={form.value} onInput={(e) => (form.value = e.currentTarget.value)} />
        </label>
        <button type="button" onClick={read}>
          {words.readAgain}
        </button>
        {Object.keys(changed.value).length > 0 && <span class="note">{words.corrected(Object.keys(changed.value).length)}</span>}
      </div>
      {proposal.sheets.map((sheet) => (
        <div class="wide" key={sheet.sheet} tabIndex={0} role="region" aria-label={sheet.sheet}>
          <table>
            <caption>{words.sheet(sheet.sheet, sheet.heading_row)}</caption>
            <thead>
              <tr>
                <th scope="col">{words.columnLetter}</th>
                <th scope="col">{words.heading}</th>
                <th scope="col">{words.takenAs}</th>
                <th scope="col">{words.samples}</th>
              </tr>
            </thead>
            <tbody>
              {sheet.columns.map((column) => (
                <tr key={column.column} class={changed.value[column.heading] ? "corrected" : ""}>
                  <td>{column.column}</td>
                  <th scope="row">{column.heading}</th>
                  <td>
                    <select
                      aria-label={words.takenAsOf(column.heading)}
                      value={changed.value[column.heading] ?? column.field ?? "skip"}
                      onChange={(e) => {
                        const { [column.heading]: _, ...others } = changed.value;
                        const value = e.currentTarget.value;
                        changed.value = value === (column.field ?? "skip") ? others : { ...others, [column.heading]: value };
                      }}
                    >
                      <option value="skip">{words.skip}</option>
                      {column.field && ![...fields.values(), "skip"].includes(column.field) && <option value={column.field}>{column.zh}</option>}
                      {proposal.fields.map((field) => (
                        <option key={field.field} value={field.field}>
                          {field.zh}
                        </option>
                      ))}
                    </select>
                  </td>
                  <td class="soft">{column.samples.join("　")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </section>
  );
}
