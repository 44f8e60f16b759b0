// One question of the catalogue: its form, its answer, and the lines that ask it from elsewhere.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Answer } from "../../api/client";
import { Failure, download } from "../../api/client";
import { area, asOf, change, here, param } from "../../frame/address";
import { language } from "../../frame/settings";
import { may } from "../../frame/who";
import { Empty, Notes, Shown } from "../../parts/states";
import { number, pick, t } from "../../texts";
import { Field } from "./field";
import { queryLines } from "./lines";
import { LinesShown } from "./lines-shown";
import { Result, hasNodes } from "./result";
import type { Parameter, Query, Rows } from "./shape";
import { aboutOf, idsOf, useModel } from "./shape";
import { put } from "./hand-over";

const MOST = 20_000; // rows on the page; a file has them all
/** Parameters that all views share; others have a prefix, so that they do not meet those of the page. */
const PAGING = new Set(["limit", "cursor", "offset", "where", "sort", "counts"]); // of an answer over HTTP: no question can be given them
const SHARED = new Set(["area", "as_of"]);
const keyOf = (name: string): string => (SHARED.has(name) ? name : `p.${name}`);

export function Question({ query }: { query: Query }): JSX.Element {
  const words = t().questions;
  const model = useModel();
  const parameters = query.parameters.filter((p) => !PAGING.has(p.name));
  const given = valuesOf(parameters);
  const missing = parameters.filter((p) => p.required && !given[p.name]);
  const running = param("run") === "1" && !missing.length;
  const told = useSignal(false);
  const run = (event: Event): void => {
    event.preventDefault();
    told.value = missing.length > 0;
    if (!missing.length) change({ run: "1" });
  };
  return (
    <section class="pane">
      <h2>{pick(query.title_zh, query.title)}</h2>
      <p>{aboutOf(query)}</p>
      <form class="fields" onSubmit={run} noValidate={false}>
        {parameters.map((parameter) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            query={query.name}
            model={model}
            value={given[parameter.name] ?? ""}
            onChange={(value) => change({ [keyOf(parameter.name)]: value || null }, true)}
          />
        ))}
        <div class="run">
          <button type="submit" class="main">
            {words.ask}
          </button>
          <SourceOf query={query} />
        </div>
        {told.value && missing.length > 0 && (
          <p class="wrong" role="alert">
            {words.missing(missing.map((p) => pick(p.zh, p.en)).join(words.comma))}
          </p>
        )}
      </form>
      {running && <Answered query={query} given={given} />}
    </section>
  );
}

/** Values from the address; what is empty is left out, so that the service's default holds. */
function valuesOf(parameters: Parameter[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name } of parameters) {
    const value = name === "area" ? area.value : name === "as_of" ? asOf.value : here.value.params.get(keyOf(name));
    if (value) found[name] = value;
  }
  return found;
}

function Answered({ query, given }: { query: Query; given: Record<string, string> }): JSX.Element {
  const words = t().questions;
  const asked = useAnswer("/api/v1/queries/{name}", { $name: query.name, ...given }, MOST);
  return (
    <>
      <Shown asked={asked}>
        {(answer) => {
          const rows = tableOf(query, answer);
          return (
            <div class="answer">
              <Head query={query} given={given} rows={rows} total={answer.page.total} />
              <Notes stamp={answer.stamp} />
              {answer.page.total > rows.rows.length && <p class="note">{words.onlyFirst(number(rows.rows.length), number(answer.page.total))}</p>}
              {rows.rows.length ? (
                <Result label={pick(query.title_zh, query.title)} found={rows} as={param("as") === "graph" ? "graph" : "table"} />
              ) : (
                <Empty>{words.noRows}</Empty>
              )}
              <p class="soft stamp">{words.stamp(String(answer.stamp.as_of ?? "–"), answer.stamp.data_version, query.name, query.revision)}</p>
            </div>
          );
        }}
      </Shown>
      <LinesShown lines={queryLines(query.name, given)} />
    </>
  );
}

function tableOf(query: Query, answer: Answer<"/api/v1/queries/{name}">): Rows {
  const names = new Set(query.columns.map((column) => column.name));
  for (const row of answer.data.slice(0, 1)) for (const name of Object.keys(row)) names.add(name);
  const known = new Map(query.columns.map((column) => [column.name, column]));
  const columns = [...names].map((name) => {
    const column = known.get(name);
    const heading = language.value === "zh" ? (column?.zh ?? (name === "since_known" ? "起始日已知" : name)) : name.replaceAll("_", " ");
    return { name, heading, secret: Boolean(column?.flag) };
  });
  return { columns, rows: answer.data.map((row) => columns.map((column) => (row as Record<string, unknown>)[column.name])) };
}

function Head(props: { query: Query; given: Record<string, string>; rows: Rows; total: number }): JSX.Element {
  const words = t().questions;
  const model = useModel();
  const trouble = useSignal("");
  const as = param("as") === "graph" ? "graph" : "table";
  const file = async (format: string): Promise<void> => {
    trouble.value = "";
    const where = new URLSearchParams({ ...props.given, format });
    try {
      await download(`/api/v1/queries/${props.query.name}/export?${where.toString()}`);
    } catch (error) {
      if (error instanceof Failure) trouble.value = pick(error.problem.detail_zh, error.problem.detail_en);
    }
  };
  return (
    <div class="answer-head">
      <b role="status">{words.rows(number(props.total))}</b>
      <span class="switch" role="group" aria-label={words.shownAs}>
        <button type="button" aria-pressed={as === "table"} onClick={() => change({ as: null }, true)}>
          {words.asTable}
        </button>
        <button
          type="button"
          aria-pressed={as === "graph"}
          disabled={as !== "graph" && !hasNodes(props.rows, idsOf(model))}
          onClick={() => change({ as: "graph" }, true)}
        >
          {words.asGraph}
        </button>
      </span>
      <button type="button" onClick={() => void file("xlsx")}>
        Excel
      </button>
      <button type="button" onClick={() => void file("csv")}>
        CSV
      </button>
      {trouble.value && (
        <span class="wrong" role="alert">
          {trouble.value}
        </span>
      )}
    </div>
  );
}

/** What a question rests on, and its text, from which one's own can begin. */
function SourceOf({ query }: { query: Query }): JSX.Element {
  const words = t().questions;
  const open = useSignal(false);
  return (
    <details class="source" onToggle={(e) => (open.value = e.currentTarget.open)}>
      <summary>{words.text}</summary>
      <p class="soft">
        {words.restsOn} {query.source}
      </p>
      {open.value && <Text query={query} />}
    </details>
  );
}

function Text({ query }: { query: Query }): JSX.Element {
  const asked = useAnswer("/api/v1/queries/{name}/interface", { $name: query.name });
  return (
    <Shown asked={asked}>
      {({ data }) => (
        <>
          <pre tabIndex={0} aria-label={t().questions.text}>
            {data.text}
          </pre>
          {may("cypher") && (
            <button type="button" onClick={() => put(data.text, valuesOf(query.parameters), query.parameters)}>
              {t().questions.toEditor}
            </button>
          )}
        </>
      )}
    </Shown>
  );
}
