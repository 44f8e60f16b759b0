// 概览: how an area stands on a day; every part asks for itself, so that the quick ones show first.
import type { JSX } from "preact";
import { area, asOf } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { t } from "../../texts";
import { Changes } from "./changes";
import { CoverageTable } from "./coverage";
import { Findings } from "./findings";
import { Headline } from "./headline";
import { Places } from "./places";
import { Registers } from "./registers";
import { Terms } from "./terms";
import "./overview.css";

export default function Overview(): JSX.Element {
  const { areas } = useAreas();
  if (!area.value) return <Places />;
  const name = areas?.by.get(area.value)?.name ?? area.value;
  return (
    <>
      <h1>
        {t().overview.title(name)} {asOf.value && <small>{asOf.value}</small>}
      </h1>
      <Headline />
      <CoverageTable />
      <div class="halves">
        <Findings />
        <Terms />
        <Changes />
        <Registers />
      </div>
    </>
  );
}
