// 概览: how an area stands on a day; every part asks for itself, so that the quick ones show first.
import type { JSX } from "preact";
import { area, asOf } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { t } from "../../texts";
import { CoverageTable } from "./coverage";
import { Places } from "./places";
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
      <CoverageTable />
    </>
  );
}
