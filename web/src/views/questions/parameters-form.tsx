// The parameters of a query of one's own: a name and a value each.
import type { JSX } from "preact";
import { t } from "../../texts";
import { draft } from "./hand-over";

export function ParametersForm(): JSX.Element {
  const words = t().questions;
  const { parameters, saved } = draft.value;
  const set = (index: number, part: { name?: string; value?: string }): void => {
    draft.value = { ...draft.value, parameters: parameters.map((one, at) => (at === index ? { ...one, ...part } : one)) };
  };
  return (
    <div class="parameters">
      {parameters.map((one, index) => {
        const declared = saved?.parameters?.[one.name];
        return (
          <div class="parameter" key={index}>
            <span aria-hidden="true">$</span>
            <input
              type="text"
              aria-label={words.parameterName}
              readOnly={declared !== undefined}
              value={one.name}
              onInput={(e) => set(index, { name: e.currentTarget.value })}
            />
            <span aria-hidden="true">=</span>
            {declared?.type === "date" ? (
              <input
                type="date"
                aria-label={words.parameterValue(one.name)}
                value={one.value}
                onInput={(e) => set(index, { value: e.currentTarget.value })}
              />
            ) : (
              <input
                type="text"
                aria-label={words.parameterValue(one.name)}
                placeholder={words.parameterHint}
                value={one.value}
                onInput={(e) => set(index, { value: e.currentTarget.value })}
              />
            )}
            {declared ? (
              <span class="soft">
                {words.kinds[declared.type as "string"]} {declared.about}
              </span>
            ) : (
              <button
                type="button"
                class="plain"
                aria-label={words.dropParameter(one.name)}
                onClick={() => (draft.value = { ...draft.value, parameters: parameters.filter((_, at) => at !== index) })}
              >
                ×
              </button>
            )}
          </div>
        );
      })}
      {!saved && (
        <button type="button" class="plain" onClick={() => (draft.value = { ...draft.value, parameters: [...parameters, { name: "", value: "" }] })}>
          + {words.addParameter}
        </button>
      )}
    </div>
  );
}
