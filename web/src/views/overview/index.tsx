// 概览: how an area stands on a day; every part asks for itself, so that the quick ones show first.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import { newest } from "../../api/client";
import { area, asOf } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { Trouble } from "../../parts/states";
import { t } from "../../texts";
import { Changes } from "./changes";
import { CoverageTable, MOST } from "./coverage";
import { Findings } from "./findings";
import { Headline } from "./headline";
import { Places } from "./places";
import { Registers } from "./registers";
import { Terms } from "./terms";
import "./overview.css";

export default function Overview(): JSX.Element {
  const { areas } = useAreas();
  // The same question as that of the table: where area or day is wrong it is said once, not by every part.
  const { problem } = useAnswer(area.value ? "/api/v1/coverage" : null, { area: area.value, as_of: asOf.value, near: true }, MOST);
  if (!area.value) return <Places />;
  const name = areas?.by.get(area.value)?.name ?? area.value;
  return (
    <>
      <h1>
        {t().overview.title(name)} {asOf.value && <small>{asOf.value}</small>}
      </h1>
      <p class="print-only soft">
        {t().frame.version} {newest.value}
      </p>
      {problem && WRONG.includes(problem.status) ? <Trouble problem={problem} /> : <Parts />}
    </>
  );
}

const WRONG = [400, 403, 404, 422]; // the address asks for what is not there, or not this account's

function Parts(): JSX.Element {
  return (
    <>
      <Headline />
      <CoverageTable />
      <div class="halves">
        <div>
          <Findings />
          <Changes />
        </div>
        <div>
          <Terms />
          <Registers />
        </div>
      </div>
    </>
  );
}
