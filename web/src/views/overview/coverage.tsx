// The dimensions against the area and those directly below it: three figures a cell, published ones beside.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import type { Shapes } from "../../api/client";
import { area, asOf, link } from "../../frame/address";
import { useAreas } from "../../frame/areas";
import { bar, BarLegend, noRecord } from "../../parts/bar";
import { Empty, Notes, Shown } from "../../parts/states";
import { pick, t } from "../../texts";
import { Claims } from "./claims";

type Row = Shapes["CoverageRow"];
export const MOST = 100_000;
const BESIDE = 500; // pixels of a window that tree, dimensions and the whole area take
const WIDE = 118; // pixels of an area's column
/** Areas that are drawn at once; those beyond the edge of the window follow when it is at rest. */
const first = (): number => Math.max(4, Math.ceil((innerWidth - BESIDE) / WIDE));

export function CoverageTable(): JSX.Element {
  const { areas } = useAreas();
  const asked = useAnswer("/api/v1/coverage", { area: area.value, as_of: asOf.value, near: true }, MOST);
  const words = t().overview;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{words.coverage}</h2>
      <p class="soft">
        {words.coverageAbout} <BarLegend />
      </p>
      <Shown asked={asked}>
        {({ data, stamp }) => {
          const own = data.filter((row) => row.area === area.value);
          const by = new Map(data.map((row) => [`${row.area} ${row.dimension}`, row]));
          const there = new Map(data.map((row) => [row.area, row.name]));
          there.delete(area.value ?? "");
          const counted = new Set(data.flatMap((row) => (row.covered + row.gap + row.unknown > 0 ? [row.area] : [])));
          const all = [...there.keys()].filter((id) => counted.has(id));
          const silent = [...there.keys()].filter((id) => !counted.has(id));
          if (!own.length) return <Empty />;
          return (
            <>
              <Notes stamp={stamp} />
              <div class="wide" tabIndex={0} role="group" aria-labelledby="coverage">
                <InTurn all={all}>{(columns) => (
                <table class="coverage">
                  <thead>
                    <tr>
                      <th scope="col">{words.dimension}</th>
                      <th scope="col">{words.whole}</th>
                      {columns.map((id) => (
                        <th scope="col" key={id}>
                          <a data-here href={link("/overview", { area: id })}>
                            {there.get(id) ?? areas?.by.get(id)?.name ?? id}
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
                          {cell(row)}
                        </td>
                        {columns.map((id) => (
                          <td key={id}>
                            {cell(by.get(`${id} ${row.dimension}`))}
                          </td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
                )}</InTurn>
              </div>
              {silent.length > 0 && (
                <p class="soft">
                  {words.silent}
                  {silent.map((id, index) => (
                    <span key={id}>
                      {index > 0 && "、"}
                      <a data-here href={link("/overview", { area: id })}>
                        {there.get(id) ?? id}
                      </a>
                    </span>
                  ))}
                </p>
              )}
              <Claims rows={own} />
            </>
          );
        }}
      </Shown>
    </section>
  );
}

/** The first areas at once, all of them when the browser is at rest. */
function InTurn(props: { all: string[]; children: (shown: string[]) => JSX.Element }): JSX.Element {
  const few = first();
  const many = props.all.length > few;
  const which = props.all.join();
  const [rest, set] = useState("");
  useEffect(() => {
    if (!many) return undefined;
    const timer = setTimeout(() => set(which), 200);
    return () => clearTimeout(timer);
  }, [which]);
  return props.children(many && rest !== which ? props.all.slice(0, few) : props.all);
}

function cell(row: Row | undefined): JSX.Element {
  if (!row) return noRecord();
  const rows = link("/lists/gaps", { area: row.area, dimension: row.dimension });
  return bar(row, (state) => `${rows}&state=${state}`);
}
