// The editor of Cypher: CodeMirror, in a shadow root, where it may bring its styles as the policy wants.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import type { Diagnostic } from "@codemirror/lint";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import type { Extension, Transaction } from "@codemirror/state";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../texts";
import { parser, proposals } from "./language";
import type { Model } from "./shape";

export interface Mark {
  line: number;
  column: number;
  text: string;
  severity: "error" | "warning";
}
export interface EditorProps {
  text: string;
  /** Counts up when `text` comes from elsewhere; what is typed is the editor's own until then. */
  edition: number;
  model: Model | null;
  parameters: () => string[];
  marks: Mark[];
  onChange: (text: string) => void;
  onRun: () => void;
}

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: tags.typeName, color: "var(--covered)" },
  { tag: tags.string, color: "var(--violation)" },
  { tag: tags.number, color: "var(--warning)" },
  { tag: tags.atom, color: "var(--accent)" },
  { tag: tags.propertyName, color: "var(--info)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);
const LOOK = EditorView.theme({
  "&": { fontSize: "0.9rem", color: "var(--ink)", backgroundColor: "var(--paper)", minHeight: "11rem", maxHeight: "24rem" },
  "&.cm-focused": { outline: "2px solid var(--link)" },
  ".cm-scroller": { fontFamily: "ui-monospace, Consolas, 'Noto Sans Mono CJK SC', monospace", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--field)", color: "var(--soft)", border: "0" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { backgroundColor: "var(--chosen) !important" },
  ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--chosen)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  ".cm-placeholder": { color: "var(--soft)" },
});

export default function Editor(props: EditorProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const host = box.current!;
    const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const made = new EditorView({ parent: shadow, root: shadow, state: EditorState.create({ doc: latest.current.text, extensions: extensions(latest) }) });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [props.model]);
  useEffect(() => {
    const made = view.current;
    if (made && made.state.doc.toString() !== props.text) made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: props.text } });
  }, [props.edition]);
  useEffect(() => {
    const made = view.current;
    if (!made) return;
    const found = props.marks.map((mark) => diagnostic(made, mark));
    made.dispatch(setDiagnostics(made.state, found));
    if (found[0] && props.marks[0]!.severity === "error") {
      made.dispatch({ selection: { anchor: found[0].from }, scrollIntoView: true });
      made.focus();
    }
  }, [props.marks]);
  return <div class="editor" role="group" aria-label={t().questions.parts.cypher} ref={box} />;
}

function extensions(latest: { current: EditorProps }): Extension[] {
  const { model } = latest.current;
  const run = (): boolean => {
    latest.current.onRun();
    return true;
  };
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    StreamLanguage.define(parser),
    syntaxHighlighting(COLOURS),
    lintGutter(),
    autocompletion({ override: model ? [proposals(model, () => latest.current.parameters())] : [] }),
    keymap.of([
      { key: "Mod-Enter", run },
      { key: "Tab", run: acceptCompletion },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...completionKeymap,
    ]),
    EditorView.contentAttributes.of({ "aria-label": t().questions.editor, spellcheck: "false" }),
    EditorView.domEventHandlers({ beforeinput: typedOver }),
    placeholder("MATCH …"),
    EditorView.lineWrapping,
    LOOK,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    }),
  ];
}

/** What is typed over a selection: Chromium would keep its look by a style attribute, which the policy refuses aloud. */
function typedOver(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main;
  const typed = event.data;
  if (event.inputType !== "insertText" || !typed || empty || view.composing) return false;
  const insert = (): Transaction => view.state.update(view.state.replaceSelection(typed), { userEvent: "input.type", scrollIntoView: true });
  const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, typed, insert));
  if (!handled) view.dispatch(insert());
  return true;
}

function diagnostic(view: EditorView, mark: Mark): Diagnostic {
  const line = view.state.doc.line(Math.min(Math.max(1, mark.line), view.state.doc.lines));
  const from = Math.min(line.from + Math.max(0, mark.column - 1), line.to);
  const word = /^[\p{L}\p{N}_]+/u.exec(view.state.sliceDoc(from, line.to))?.[0].length ?? 1;
  return { from, to: Math.min(from + word, view.state.doc.length), severity: mark.severity, message: mark.text };
}
