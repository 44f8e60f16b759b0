// Choosing a thing by what one types: found by the service, or taken as it is where one types an id.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useAnswer } from "../api/answer";
import { asOf } from "../frame/address";
import { t } from "../texts";
import { MASK } from "./mask";

export interface Picked {
  id: string;
  name: string;
}
interface PickProps {
  label: string;
  types: string;
  value: string;
  onPick: (id: string) => void;
  hint?: string;
  /** Further choices that are offered before anything is typed. */
  offered?: Picked[];
}

const PAUSE = 200; // ms
const ID = /^[a-z]{1,2}-\d{6}-\S+$/;
let count = 0;

export function Pick(props: PickProps): JSX.Element {
  const name = useAnswer(props.value ? "/api/v1/nodes/{id}" : null, { $id: props.value }).answer?.data.properties as { name?: string } | undefined;
  const typed = useSignal<string | null>(null);
  const wanted = useSignal("");
  const own = useSignal(`pick-${(count += 1)}`).value;
  useEffect(() => {
    const timer = setTimeout(() => (wanted.value = (typed.value ?? "").trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [typed.value]);
  const asked = useAnswer(wanted.value && !ID.test(wanted.value) ? "/api/v1/search" : null, { q: wanted.value, types: props.types, limit: 8, as_of: asOf.value, pinyin: true });
  const found: Picked[] = wanted.value ? (asked.answer?.data ?? []).map((row) => ({ id: row.id, name: row.name })) : (props.offered ?? []);
  const shown = typed.value ?? (props.value ? (name?.name && name.name !== MASK ? name.name : props.value) : "");
  const choose = (id: string): void => {
    typed.value = null;
    wanted.value = "";
    props.onPick(id);
  };
  return (
    <div class="pick">
      <label for={own}>{props.label}</label>
      <input
        id={own}
        type="text"
        role="combobox"
        list={undefined}
        autocomplete="off"
        aria-expanded={typed.value !== null}
        aria-controls={`${own}-list`}
        value={shown}
        placeholder={props.hint}
        onFocus={(e) => {
          typed.value = "";
          e.currentTarget.select();
        }}
        onInput={(e) => (typed.value = e.currentTarget.value)}
        onBlur={() => setTimeout(() => (typed.value = null), 150)}
        onKeyDown={(e) => {
          if (e.key === "Escape") typed.value = null;
          if (e.key !== "Enter") return;
          e.preventDefault();
          if (ID.test((typed.value ?? "").trim())) choose((typed.value ?? "").trim());
          else if (found[0]) choose(found[0].id);
        }}
      />
      <div class="hits" id={`${own}-list`} role="listbox" aria-label={props.label} hidden={typed.value === null || (!found.length && !wanted.value)}>
        {found.map((row) => (
          <div key={row.id} role="option" aria-selected="false" onPointerDown={() => choose(row.id)}>
            {row.name} <span class="soft">{row.id}</span>
          </div>
        ))}
        {wanted.value && !found.length && (
          <div role="option" aria-selected="false" aria-disabled="true" class="soft" onPointerDown={() => ID.test(wanted.value) && choose(wanted.value)}>
            {ID.test(wanted.value) ? wanted.value : asked.loading ? t().frame.searching : t().frame.nothingFound}
          </div>
        )}
      </div>
    </div>
  );
}
