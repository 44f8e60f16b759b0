// Codes of the model as people say them: types, posts, levels. Asked once.
import { useMemo } from "preact/hooks";
import { useAnswer } from "../api/answer";
import { t } from "../texts";
import { language } from "../frame/settings";

export interface Words {
  /** A node or edge type. */
  type: (label: unknown) => string;
  /** A value of any enumeration: a post, a kind, a level. */
  value: (code: unknown) => string;
}

export function useWords(): Words {
  const model = useAnswer("/api/v1/model").answer?.data;
  const tongue = language.value;
  return useMemo(() => {
    const types = new Map<string, string>();
    const values = new Map<string, string>();
    for (const node of model?.nodes ?? []) types.set(node.label, tongue === "zh" ? node.zh : node.en);
    for (const edge of model?.edges ?? []) types.set(edge.type, tongue === "zh" ? edge.zh : edge.en);
    for (const terms of Object.values(model?.enumerations ?? {}))
      for (const term of terms as { value: string; zh: string }[]) {
        const word = tongue === "zh" ? term.zh : term.value.replaceAll("_", " ");
        if (!values.has(term.value)) values.set(term.value, word);
      }
    return {
      type: (label) => types.get(String(label)) ?? String(label ?? ""),
      value: (code) => (code === null || code === undefined ? "" : (values.get(String(code)) ?? own(code))),
    };
  }, [model, tongue]);
}

function own(code: unknown): string {
  const words = t().words as unknown as Record<string, string>;
  return words[String(code)] ?? String(code);
}
