// The dimensions against the area and those directly below it: three figures a cell, published ones beside.
import type { JSX } from "preact";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { Bar, BarLegend, NoRecord } from "../../parts/bar";
import { Empty, Notes, Shown } from "../../parts/states";
import { pick, t } from "../../texts";
import { writeWhere } from "../lists/where";
import { Claims } from "./claims";

type Row = Shapes["CoverageRow"];
const MOST = 100_000;
const NAMED = 100; // areas that one condition may name; an area with more below it is asked for as a whole

export function CoverageTable(): JSX.Element {
  const { areas, asked: asking } = useAreas();
  const shown = [area.value ?? "", ...(areas?.below.get(area.value ?? "") ?? []).map((row) => row.area)];
  const where = shown.length > NAMED ? null : writeWhere([{ column: "area", sign: "=", values: shown }]);
  const asked = useAnswer(areas || asking.problem ? "/api/v1/coverage" : null, { area: area.value, as_of: asOf.value, where }, MOST);
  const words = t().overview;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{words.coverage}</h2>
      <p class="soft">
        {words.coverageAbout} <BarLegend />
      </p>
      <Shown asked={asked}>
        {({ data, stamp }) => {
          const below = (areas?.below.get(area.value ?? "") ?? []).map((row) => row.area);
          const own = data.filter((row) => row.area === area.value);
          const columns = below.filter((id) => data.some((row) => row.area === id));
          if (!own.length) return <Empty />;
          return (
            <>
              <Notes stamp={stamp} />
              <div class="wide" tabIndex={0} role="group" aria-labelledby="coverage">
                <table class="coverage">
                  <thead>
                    <tr>
                      <th scope="col">{words.dimension}</th>
                      <th scope="col">{words.whole}</th>
                      {columns.map((id) => (
                        <th scope="col" key={id}>
                          <a data-here href={link("/overview", { area: id })}>
                            {areas?.by.get(id)?.name ?? id}
                          </a>
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {own.map((row) => (
                      <tr key={row.dimension}>
                        <th scope="row">{pick(row.title_zh, row.title)}</th>
                        <td class="own">
                          <Cell row={row} />
                        </td>
                        {columns.map((id) => (
                          <td key={id}>
                            <Cell row={data.find((r) => r.area === id && r.dimension === row.dimension)} />
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
              <Claims rows={own} />
            </>
          );
        }}
      </Shown>
    </section>
  );
}

function Cell({ row }: { row: Row | undefined }): JSX.Element {
  const href = (state: string): string => link("/lists/gaps", { area: row?.area, dimension: row?.dimension, state });
  return row ? <Bar counted={row} href={href} /> : <NoRecord />;
}
