// Cypher of one's own: the editor, its parameters, rows as they come, and keeping it.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Problem } from "../../api/client";
import { Failure, ask, local, save } from "../../api/client";
import { me } from "../../frame/who";
import { Trouble } from "../../parts/states";
import { number, pick, t } from "../../texts";
import type { EditorProps, Mark } from "./editor";
import { draft } from "./hand-over";
import { lazyPart } from "./lazy";
import type { Limits } from "./lines";
import { cypherLines, savedLines } from "./lines";
import { LinesShown } from "./lines-shown";
import { ParametersForm } from "./parameters-form";
import { Result, hasNodes } from "./result";
import { SaveForm } from "./save-form";
import type { Rows } from "./shape";
import { idsOf, useModel } from "./shape";
import type { End } from "./stream";
import { placeOf, stream } from "./stream";

const Editor = lazyPart<EditorProps>(() => import("./editor"));
const ROW_LIMITS = [1_000, 10_000, 100_000];

interface Run {
  state: "idle" | "running" | "done" | "stopped";
  found: Rows;
  end: End | null;
  problem: Problem | null;
  marks: Mark[];
  asked: { where: string; body: unknown } | null;
}
const NOTHING: Run = { state: "idle", found: { columns: [], rows: [] }, end: null, problem: null, marks: [], asked: null };

export function CypherPart(): JSX.Element {
  const words = t().questions;
  const model = useModel();
  const run = useSignal<Run>(NOTHING);
  const wanted = useSignal<Limits>({ rows: 1_000, seconds: 30 });
  // The service refuses what is above its own limits, which its operator may have lowered.
  const most = me.value!.most;
  const limits: Limits = { rows: Math.min(wanted.value.rows, most.rows), seconds: wanted.value.seconds && Math.min(wanted.value.seconds, most.seconds) };
  const choices = ROW_LIMITS.filter((rows) => rows <= most.rows);
  const as = useSignal<"table" | "graph">("table");
  const saving = useSignal(false);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const { text, edition, parameters, saved } = draft.value;
  const given = readParameters(parameters, saved !== null);

  const start = async (): Promise<void> => {
    leaving.current?.abort();
    const controller = new AbortController();
    leaving.current = controller;
    const asked = questionOf(limits);
    const found: Rows = { columns: [], rows: [] };
    run.value = { ...NOTHING, state: "running", found, asked };
    let drawn = 0;
    const show = (): void => {
      // Rows come by thousands: the screen is drawn a few times a second.
      if (performance.now() - drawn < 150) return;
      drawn = performance.now();
      if (leaving.current === controller) run.value = { ...run.value, found: { ...found } };
    };
    try {
      const end = await stream(asked.where, asked.body, {
        columns: (names) => (found.columns = names.map((name) => ({ name, heading: name }))),
        rows: (rows) => {
          for (const row of rows) found.rows.push(row);
          show();
        },
      }, controller.signal);
      if (leaving.current !== controller) return;
      const marks = (end?.notices ?? []).map((n): Mark => ({ line: n.line, column: n.column, text: pick(n.zh, n.en), severity: "warning" }));
      run.value = { ...run.value, found: { ...found }, end, state: end ? "done" : "stopped", marks };
    } catch (error) {
      if (leaving.current !== controller) return;
      const problem = error instanceof Failure ? error.problem : local("unexpected", String(error), String(error));
      const at = placeOf(problem);
      const marks: Mark[] = at ? [{ ...at, text: pick(problem.detail_zh, problem.detail_en), severity: "error" }] : [];
      run.value = { ...run.value, found: { ...found }, problem, state: "done", marks };
    }
  };
  const questionOf = (bounds: { rows?: number; seconds: number | null }): { where: string; body: unknown } => {
    const limit = { ...(bounds.rows ? { rows: bounds.rows } : {}), ...(bounds.seconds ? { seconds: bounds.seconds } : {}) };
    return saved
      ? { where: `/api/v1/saved/${saved.name}/run`, body: { parameters: given.values, limits: limit } }
      : { where: "/api/v1/cypher", body: { query: text, parameters: given.values, limits: limit } };
  };
  const file = async (): Promise<void> => {
    const { where, body } = questionOf({ seconds: limits.seconds }); // a file has all rows that the service gives
    try {
      const response = await ask(`${where}?format=csv`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      save(await response.blob(), `${saved?.name ?? "cypher"}.csv`);
    } catch (error) {
      if (error instanceof Failure) run.value = { ...run.value, problem: error.problem };
    }
  };
  const { state, found, end, problem, marks } = run.value;
  const running = state === "running";
  return (
    <section class="cypher">
      <p class="soft">
        {words.cypherAbout} {!me.value?.personal && words.onCopy}
      </p>
      {saved && (
        <p class="note">{words.isSaved(saved.title, saved.name, saved.owner)}</p>
      )}
      <Editor
        text={text}
        edition={edition}
        model={model}
        marks={marks}
        parameters={() => parameters.map((p) => p.name)}
        onChange={(value) => {
          // What is changed is no longer the query that was saved.
          if (value !== draft.value.text) draft.value = { ...draft.value, text: value, saved: value === draft.value.basis?.text ? draft.value.basis : null };
        }}
        onRun={() => void start()}
      />
      <ParametersForm />
      {given.wrong && (
        <p class="wrong" role="alert">
          {words.parameterWrong(given.wrong)}
        </p>
      )}
      <div class="run">
        {running ? (
          <button type="button" class="main" onClick={() => leaving.current?.abort()}>
            {words.stop}
          </button>
        ) : (
          <button type="button" class="main" disabled={!text.trim() || given.wrong !== null} onClick={() => void start()}>
            {words.run}
          </button>
        )}
        <span class="soft wide-only">{words.runKey}</span>
        <label>
          {words.mostRows}{" "}
          <select value={limits.rows} onChange={(e) => (wanted.value = { ...wanted.value, rows: Number(e.currentTarget.value) })}>
            {(choices.length ? choices : [most.rows]).map((rows) => (
              <option key={rows} value={rows}>
                {number(rows)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.mostSeconds}{" "}
          <input
            type="number"
            min={1}
            max={most.seconds}
            value={limits.seconds ?? ""}
            onInput={(e) => (wanted.value = { ...wanted.value, seconds: e.currentTarget.valueAsNumber || null })}
          />
        </label>
        <button type="button" onClick={() => (saving.value = true)}>
          {words.keep}
        </button>
      </div>
      {saving.value && <SaveForm onClose={() => (saving.value = false)} />}
      {problem && <Trouble problem={problem} retry={() => void start()} />}
      {state !== "idle" && !(problem && !found.columns.length) && (
        <div class="answer" aria-busy={running}>
          <div class="answer-head">
            <b role="status">
              {running && <span class="spinner" aria-hidden="true" />} {words.rows(number(found.rows.length))}
              {running && ` · ${words.running}`}
              {state === "stopped" && ` · ${words.stopped}`}
            </b>
            <span class="switch" role="group" aria-label={words.shownAs}>
              <button type="button" aria-pressed={as.value === "table"} onClick={() => (as.value = "table")}>
                {words.asTable}
              </button>
              <button
                type="button"
                aria-pressed={as.value === "graph"}
                disabled={running || (as.value !== "graph" && !hasNodes(found, idsOf(model)))}
                onClick={() => (as.value = "graph")}
              >
                {words.asGraph}
              </button>
            </span>
            <button type="button" disabled={running} title={words.fileAbout} onClick={() => void file()}>
              CSV
            </button>
          </div>
          {running && !found.columns.length && <Preparing />}
          {end?.truncated && <p class="note">{words.cut(number(end.rows_given), words.cuts[(end.cut ?? "rows") as "rows"] ?? String(end.cut))}</p>}
          {end?.notices.map((notice) => (
            <p class="note" key={notice.en}>
              {pick(notice.zh, notice.en)}
            </p>
          ))}
          {found.rows.length > 0 && <Result label={words.parts.cypher} found={found} as={running ? "table" : as.value} />}
          {state === "done" && !found.rows.length && !problem && <p class="state">{words.noRows}</p>}
          {end && <p class="soft stamp">{words.stampShort(end.stamp.data_version)}</p>}
        </div>
      )}
      <LinesShown lines={saved ? savedLines(saved.name, given.values, limits) : cypherLines(text, given.values, limits)} />
    </section>
  );
}

/** Values as JSON; a text without quotes is a text. Of a saved query the service reads texts by their type. */
function readParameters(typed: { name: string; value: string }[], asTexts: boolean): { values: Record<string, unknown>; wrong: string | null } {
  const values: Record<string, unknown> = {};
  for (const { name, value } of typed) {
    if (!/^\w+$/.test(name)) return { values, wrong: name || "…" };
    if (value === "" && asTexts) continue;
    try {
      values[name] = JSON.parse(value);
    } catch {
      values[name] = value;
    }
  }
  return { values, wrong: null };
}

/** Said only where nothing came for a while: the copy that is asked is made anew after each change of the data. */
function Preparing(): JSX.Element | null {
  const long = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => (long.value = true), 2_000);
    return () => clearTimeout(timer);
  }, []);
  return long.value ? <p class="soft">{t().questions.preparing}</p> : null;
}
