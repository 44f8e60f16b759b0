// How a delivery is checked and loaded: what of an earlier one is gone, of a register its place and its lists.
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { area, asOf } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { Picker } from "../../parts/picker";
import { t } from "../../texts";
import type { Item } from "./follow";

export interface Told {
  missing: "report" | "end" | "remove";
  ended_on: string;
  gone: string;
  take_over: boolean;
  restore: boolean;
  place: string | null;
  on: string;
  complete: string[];
  lenient: boolean;
  as_new: boolean;
  same_names: boolean;
}
export const BEGIN: Told = {
  missing: "report",
  ended_on: "",
  gone: "",
  take_over: false,
  restore: false,
  place: null,
  on: "",
  complete: [],
  lenient: false,
  as_new: false,
  same_names: false,
};

/** The word that takes back what an earlier delivery said to be complete. */
const NONE = "无";

/** As the service takes them; of a delivery by the template only what is about it. */
export function wordsOf(told: Told, item: Item): object {
  const { missing, take_over, restore } = told;
  const gone = missing === "report" || told.gone === "" ? null : Number(told.gone);
  const common = { missing, ended_on: (missing === "end" && told.ended_on) || null, take_over, restore, gone };
  if (item.kind !== "register") return common;
  const { lenient, as_new, same_names, complete } = told;
  return { ...common, place: told.place ?? area.value, on: told.on || asOf.value, complete: complete.join("，") || null, lenient, as_new, same_names, ...formOf(item) };
}

/** Of which place the register is, and as of which day, for giving it back. */
export const backOf = (told: Told, item: Item): { place: string | null; on: string | null } => ({
  place: told.place ?? area.value,
  on: told.on || asOf.value,
  ...formOf(item),
});

/** The form that the columns were read by is the one it is checked by. */
const formOf = (item: Item): object => {
  const proposal = item.proposal;
  if (!proposal) return {};
  const columns = Object.fromEntries(proposal.sheets.flatMap((sheet) => sheet.columns.filter((c) => c.heading).map((c) => [c.heading, c.field ?? "skip"])));
  return { register_kind: proposal.kind, form: proposal.form, columns };
};

export function Options({ item, told }: { item: Item; told: Signal<Told> }): JSX.Element {
  const words = t().intake;
  const { areas } = useAreas();
  const set = (part: Partial<Told>): void => {
    told.value = { ...told.value, ...part };
  };
  const { value } = told;
  const register = item.kind === "register";
  const place = value.place ?? area.value;
  return (
    <details class="options" open={register}>
      <summary>{words.options}</summary>
      <div class="fields">
        {register && (
          <>
            <div class="field">
              <label for="register-place">{words.place}</label>
              <Picker id="register-place" types="Area" value={place ? [place] : []} onChange={(ids) => set({ place: ids[0] ?? null })} />
              <p class="soft">{place ? (areas?.by.get(place)?.name ?? place) : words.placeAbout}</p>
            </div>
            <div class="field">
              <label for="register-day">{words.day}</label>
              <input id="register-day" type="date" value={value.on || asOf.value || ""} onChange={(e) => set({ on: e.currentTarget.value })} />
              <p class="soft">{words.dayAbout}</p>
            </div>
            <fieldset class="field">
              <legend>{words.complete}</legend>
              {item.proposal?.lists.map((one) => (
                <label key={one.subject} class="tick">
                  <input
                    type="checkbox"
                    checked={value.complete.includes(one.zh)}
                    onChange={(e) => set({ complete: e.currentTarget.checked ? [...value.complete.filter((zh) => zh !== NONE), one.zh] : value.complete.filter((zh) => zh !== one.zh) })}
                  />{" "}
                  {one.zh}
                </label>
              ))}
              <Tick on={value.complete.includes(NONE)} text={words.completeNone} set={(on) => set({ complete: on ? [NONE] : [] })} />
              <p class="soft">{words.completeAbout}</p>
            </fieldset>
            <fieldset class="field">
              <legend>{words.unclear}</legend>
              <Tick on={value.lenient} text={words.lenient} set={(lenient) => set({ lenient })} />
              <Tick on={value.as_new} text={words.asNew} set={(as_new) => set({ as_new })} />
              <Tick on={value.same_names} text={words.sameNames} set={(same_names) => set({ same_names })} />
            </fieldset>
          </>
        )}
        <div class="field">
          <label for="missing">{words.missing}</label>
          <select id="missing" value={value.missing} onChange={(e) => set({ missing: e.currentTarget.value as "report" })}>
            {(["report", "end", "remove"] as const).map((one) => (
              <option key={one} value={one}>
                {words.missings[one]}
              </option>
            ))}
          </select>
          {value.missing === "end" && (
            <label>
              {words.endedOn} <input type="date" required value={value.ended_on} onChange={(e) => set({ ended_on: e.currentTarget.value })} />
            </label>
          )}
          {value.missing !== "report" && (
            <label>
              {words.gone} <input type="number" min="0" value={value.gone} onChange={(e) => set({ gone: e.currentTarget.value })} />
            </label>
          )}
        </div>
        <fieldset class="field">
          <legend>{words.others}</legend>
          <Tick on={value.restore} text={words.restore} set={(restore) => set({ restore })} />
          <Tick on={value.take_over} text={words.takeOver} set={(take_over) => set({ take_over })} />
        </fieldset>
      </div>
    </details>
  );
}

const Tick = (props: { on: boolean; text: string; set: (on: boolean) => void }): JSX.Element => (
  <label class="tick">
    <input type="checkbox" checked={props.on} onChange={(e) => props.set(e.currentTarget.checked)} /> {props.text}
  </label>
);
