// Cypher for the editor: how it is coloured, and what it proposes, from the model of the service.
import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { StreamParser } from "@codemirror/language";
import type { Model } from "./shape";

const KEYWORDS =
  "MATCH OPTIONAL WHERE RETURN WITH UNWIND AS ORDER BY SKIP LIMIT DISTINCT AND OR XOR NOT IN STARTS ENDS CONTAINS IS NULL CASE WHEN THEN ELSE END CALL UNION ALL EXISTS COUNT COLLECT ASC DESC EXPLAIN TRUE FALSE".split(
    " ",
  );
const FUNCTIONS = [
  "count", "collect", "sum", "avg", "min", "max", "size", "coalesce", "labels", "type", "properties", "keys", "nodes", "relationships",
  "length", "date", "duration.between", "toString", "toInteger", "toFloat", "toLower", "toUpper", "trim", "split", "substring", "replace",
  "abs", "round", "range", "head", "last", "reverse", "startNode", "endNode", "all", "any", "none", "single", "percentileCont", "shortestPath",
];
const WORD = /[\p{L}_][\p{L}\p{N}_]*/u;

type Property = Model["nodes"][number]["properties"][number];
interface State {
  inComment: boolean;
}

export const parser: StreamParser<State> = {
  name: "cypher",
  startState: () => ({ inComment: false }),
  token(stream, state) {
    if (state.inComment) {
      if (stream.skipTo("*/")) {
        stream.match("*/");
        state.inComment = false;
      } else stream.skipToEnd();
      return "comment";
    }
    if (stream.eatSpace()) return null;
    if (stream.match("//")) {
      stream.skipToEnd();
      return "comment";
    }
    if (stream.match("/*")) {
      state.inComment = true;
      return "comment";
    }
    if (stream.match(/^'(?:[^'\\]|\\.)*'?/) || stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/^`[^`]*`?/)) return "variableName";
    if (stream.match(/^\$\w+/)) return "atom";
    if (stream.match(/^\d+(\.\d+)?/)) return "number";
    if (stream.match(/^:[\p{L}_][\p{L}\p{N}_]*/u)) return "typeName";
    const word = stream.match(new RegExp(`^${WORD.source}`, "u")) as RegExpMatchArray | null;
    if (word) {
      if (KEYWORDS.includes(word[0].toUpperCase())) return "keyword";
      return stream.peek() === "(" ? "propertyName" : "variableName";
    }
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: "//", block: { open: "/*", close: "*/" } }, closeBrackets: { brackets: ["(", "[", "{", "'", '"', "`"] } },
};

/** What may stand where the cursor is; `parameters` are those of the form. */
export function proposals(model: Model, parameters: () => string[]): (context: CompletionContext) => CompletionResult | null {
  const nodes: Completion[] = model.nodes.map((node) => ({ label: node.label, detail: node.zh, type: "class" }));
  const edges: Completion[] = model.edges.map((edge) => ({ label: edge.type, detail: edge.zh, type: "interface" }));
  const types = new Map([...model.nodes.map((n) => [n.label, n.properties] as const), ...model.edges.map((e) => [e.type, e.properties] as const)]);
  const every = new Map([...types.values()].flat().map((property) => [property.name, property]));
  const words: Completion[] = [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map((label) => ({ label, type: "function", apply: `${label}(` })),
  ];
  return (context) => {
    const before = context.state.sliceDoc(Math.max(0, context.pos - 5000), context.pos);
    const after = (pattern: RegExp): { text: string; from: number } | null => {
      const found = pattern.exec(before);
      return found ? { text: found[1]!, from: context.pos - found[1]!.length } : null;
    };
    const parameter = after(/\$(\w*)$/);
    if (parameter) return { from: parameter.from, options: parameters().map((label) => ({ label, type: "constant" })) };
    const all = context.state.doc.toString();
    const ofType = (label: string | undefined): Property[] => types.get(label ?? "") ?? [...every.values()];
    const ofVariable = (name: string): Property[] => ofType(new RegExp(`[(\\[]\\s*${name}\\s*:\\s*(\\w+)`).exec(all)?.[1]);
    const inside = /[([]\s*\w*\s*:\s*(\w+)\s*\{([^{}]*)$/.exec(before);
    // After a property: the values of its enumeration, with quotes where none stands yet.
    const value = /(?:([\p{L}_][\p{L}\p{N}_]*)\.|[{,]\s*)(\w+)\s*(?:=|<>|:|IN\s*\[[^\]]*)\s*(?:'([^']*)|(\w*))$/iu.exec(before);
    const known = value ? (value[1] ? ofVariable(value[1]) : ofType(inside?.[1])) : [];
    const terms = model.enumerations[known.find((one) => one.name === value?.[2])?.enumeration ?? ""] ?? [];
    if (value && (value[3] !== undefined || terms.length)) {
      const options = terms.map((term) => ({ label: term.value, detail: term.zh, type: "enum", apply: value[3] === undefined ? `'${term.value}'` : term.value }));
      return { from: context.pos - (value[3] ?? value[4]!).length, options };
    }
    const key = inside && /(?:^|,)\s*(\w*)$/.exec(inside[2]!);
    if (key) return { from: context.pos - key[1]!.length, options: named(ofType(inside[1]), ": ") };
    const property = /([\p{L}_][\p{L}\p{N}_]*)\.(\w*)$/u.exec(before);
    if (property) return { from: context.pos - property[2]!.length, options: named(ofVariable(property[1]!), "") };
    const type = after(/\[[^\]{]*[:|]\s*(\w*)$/);
    if (type) return { from: type.from, options: edges };
    const label = after(/\([^){]*:\s*(\w*)$/);
    if (label) return { from: label.from, options: nodes };
    const word = context.matchBefore(/[\p{L}_]\w*$/u);
    if (!word && !context.explicit) return null;
    return { from: word ? word.from : context.pos, options: words, validFor: /^\w*$/ };
  };
}

/** Properties to be put in; every type has an id. */
const named = (properties: { name: string; zh: string }[], end: string): Completion[] =>
  [{ name: "id", zh: "编号" }, ...properties.filter((one) => one.name !== "id")].map((one) => ({ label: one.name, detail: one.zh, type: "property", apply: one.name + end }));
