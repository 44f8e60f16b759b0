// One parameter of a question as a field: a date, a choice, a number in its bounds, a thing found by search.
import type { JSX } from "preact";
import { Picker } from "../../parts/picker";
import { pick, t } from "../../texts";
import type { Model, Parameter } from "./shape";

/** Node types that a parameter of this name means; others may be of any type. */
const TYPES: Record<string, string> = {
  area: "Area",
  person: "Person",
  persons: "Person",
  organization: "PartyOrganization",
  station: "ServiceStation",
  resources: "Resource",
  need: "Need",
  quarter: "Quarter",
};
/** Enumerations of the model that a free text usually is of. */
const WORDS: Record<string, string[]> = { role: ["PostRole"], category: ["ResourceCategory"], kind: ["MechanismKind", "TeamKind"] };

interface Props {
  parameter: Parameter;
  value: string;
  query: string;
  model: Model | null;
  onChange: (value: string) => void;
}

export function Field(props: Props): JSX.Element {
  const { parameter } = props;
  const id = `field-${parameter.name}`;
  const about = pick(parameter.zh, parameter.en);
  return (
    <div class="field">
      <label for={id}>
        {about}
        {parameter.required && <span class="needed"> {t().questions.needed}</span>}
      </label>
      <Input {...props} id={id} />
      <p class="soft" id={`${id}-about`}>
        <code>{parameter.name}</code> {meaning(parameter)}
      </p>
    </div>
  );
}

/** What may stand there, and what holds where nothing does. */
function meaning(parameter: Parameter): string {
  const words = t().questions;
  const bounds = parameter.low !== null && parameter.high !== null ? words.bounds(parameter.low, parameter.high) : "";
  const otherwise =
    parameter.required || parameter.default === null
      ? ""
      : words.otherwise(parameter.default === "today" ? t().frame.today : typeof parameter.default === "boolean" ? (parameter.default ? t().words.yes : t().words.no) : String(parameter.default));
  return [words.kinds[parameter.type], bounds, otherwise].filter(Boolean).join(words.comma);
}

function Input(props: Props & { id: string }): JSX.Element {
  const { parameter, value, id, onChange } = props;
  const common = { id, "aria-describedby": `${id}-about`, required: parameter.required };
  if (parameter.ids)
    return (
      <Picker
        id={id}
        value={value.split(",").filter(Boolean)}
        several={parameter.type === "strings"}
        types={TYPES[parameter.name]}
        required={parameter.required}
        describedBy={`${id}-about`}
        onChange={(ids) => onChange(ids.join(","))}
      />
    );
  if (parameter.type === "date")
    return <input {...common} type="date" value={value} onChange={(e) => onChange(e.currentTarget.value)} />;
  if (parameter.type === "bool" || parameter.choices.length > 0) {
    const options = parameter.type === "bool" ? ["true", "false"] : parameter.choices;
    return (
      <select {...common} value={value} onChange={(e) => onChange(e.currentTarget.value)}>
        {!parameter.required && <option value="">{t().questions.asDefault}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {optionWord(option, props.model)}
          </option>
        ))}
      </select>
    );
  }
  if (parameter.type === "int" || parameter.type === "float")
    return (
      <input
        {...common}
        type="number"
        step={parameter.type === "int" ? 1 : "any"}
        min={parameter.low ?? undefined}
        max={parameter.high ?? undefined}
        placeholder={parameter.default === null ? "" : String(parameter.default)}
        value={value}
        onInput={(e) => onChange(e.currentTarget.value)}
      />
    );
  const words = (WORDS[parameter.name] ?? []).flatMap((name) => props.model?.enumerations[name] ?? []);
  return (
    <>
      <input {...common} type="text" list={words.length ? `${id}-words` : undefined} value={value} onInput={(e) => onChange(e.currentTarget.value)} />
      {words.length > 0 && (
        <datalist id={`${id}-words`}>
          {words.map((term) => (
            <option key={term.value} value={term.value}>
              {term.zh}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

function optionWord(option: string, model: Model | null): string {
  if (option === "true") return t().words.yes;
  if (option === "false") return t().words.no;
  for (const terms of Object.values(model?.enumerations ?? {})) {
    const found = terms.find((term) => term.value === option);
    if (found) return pick(found.zh, option);
  }
  return option;
}
