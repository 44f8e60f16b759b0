// Codes of the model as people say them: types, posts, levels. Asked once.
import { useMemo } from "preact/hooks";
import { useAnswer } from "../api/answer";
import { t } from "../texts";
import { language } from "../frame/settings";

const PRECISIONS = ["day", "month", "year"] as const; // of which a date alone is known: `since:month`

export interface Words {
  /** A node or edge type. */
  type: (label: unknown) => string;
  /** A value of any enumeration: a post, a kind, a level; of those that share it, that of the property `name`. */
  value: (code: unknown, name?: string) => string;
  /** A property of a node or edge type. */
  property: (name: string) => string;
}

export function useWords(): Words {
  const model = useAnswer("/api/v1/model").answer?.data;
  const tongue = language.value;
  return useMemo(() => {
    const types = new Map<string, string>();
    const values = new Map<string, string>();
    const properties = new Map<string, string>();
    const of = new Map<string, string>(); // by property and value: `none` is no party member, or no pay
    for (const node of model?.nodes ?? []) types.set(node.label, tongue === "zh" ? node.zh : node.en);
    for (const edge of model?.edges ?? []) types.set(edge.type, tongue === "zh" ? edge.zh : edge.en);
    for (const terms of Object.values(model?.enumerations ?? {}))
      for (const term of terms as { value: string; zh: string }[]) {
        const word = tongue === "zh" ? term.zh : term.value.replaceAll("_", " ");
        if (!values.has(term.value)) values.set(term.value, word);
      }
    for (const element of tongue === "zh" ? [...(model?.nodes ?? []), ...(model?.edges ?? [])] : [])
      for (const { name, type, zh, enumeration } of element.properties) {
        if (!properties.has(name)) properties.set(name, zh);
        for (const term of (enumeration && model?.enumerations[enumeration]) || []) if (!of.has(`${name} ${term.value}`)) of.set(`${name} ${term.value}`, term.zh);
        if (type === "date") for (const unit of PRECISIONS) values.set(`${name}:${unit}`, `${zh}：${t().words[unit]}`);
      }
    return {
      type: (label) => types.get(String(label)) ?? String(label ?? ""),
      value: (code, name) => (code === null || code === undefined ? "" : (of.get(`${name} ${String(code)}`) ?? values.get(String(code)) ?? own(code))),
      property: (name) => properties.get(name) ?? name.replaceAll("_", " "),
    };
  }, [model, tongue]);
}

function own(code: unknown): string {
  const words = t().words as unknown as Record<string, string>;
  return words[String(code)] ?? String(code);
}

export type Code = (value: unknown, name?: string) => string;

/** Types and values alike, for columns of which it is not known which they have; English has the code itself. */
export function useCodes(): Code {
  const words = useWords();
  const tongue = language.value;
  return useMemo(() => {
    if (tongue === "en") return own;
    return (value, name) => (words.type(value) === String(value) ? words.value(value, name) : words.type(value));
  }, [words, tongue]);
}
