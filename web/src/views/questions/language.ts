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
    // Within quotes, after a property: the values of its enumeration.
    const value = /(?:\.|[{,]\s*)([\w]+)\s*(?:=|<>|:|IN\s*\[[^\]]*)\s*'([^']*)$/i.exec(before);
    if (value) {
      const name = every.get(value[1]!)?.enumeration;
      const terms = name ? (model.enumerations[name] ?? []) : [];
      return { from: context.pos - value[2]!.length, options: terms.map((term) => ({ label: term.value, detail: term.zh, type: "enum" })) };
    }
    const property = /([\p{L}_][\p{L}\p{N}_]*)\.(\w*)$/u.exec(before);
    if (property) {
      const label = new RegExp(`[(\\[]\\s*${property[1]}\\s*:\\s*(\\w+)`).exec(context.state.doc.toString())?.[1];
      const known = (label ? types.get(label) : null) ?? [...every.values()];
      const options = known.map((one) => ({ label: one.name, detail: one.zh, type: "property" }));
      return { from: context.pos - property[2]!.length, options: [{ label: "id", detail: "编号", type: "property" }, ...options.filter((o) => o.label !== "id")] };
    }
    const type = after(/\[[^\]]*[:|]\s*(\w*)$/);
    if (type) return { from: type.from, options: edges };
    const label = after(/\([^)]*:\s*(\w*)$/);
    if (label) return { from: label.from, options: nodes };
    const word = context.matchBefore(/[\p{L}_]\w*$/u);
    if (!word && !context.explicit) return null;
    return { from: word ? word.from : context.pos, options: words, validFor: /^\w*$/ };
  };
}
