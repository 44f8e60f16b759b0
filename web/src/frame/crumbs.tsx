// Where one is: the areas above the chosen one, each a link. On small screens it stands for the tree.
import type { JSX } from "preact";
import { t } from "../texts";
import { area, changed } from "./address";
import { useAreas } from "./areas";

export function Crumbs(): JSX.Element {
  const { areas } = useAreas();
  const above = areas && area.value ? areas.above(area.value) : [];
  return (
    <nav class="crumbs" aria-label={t().frame.area}>
      <ol>
        <li>
          <a data-here href={changed({ area: null, row: null })} aria-current={area.value ? undefined : "location"}>
            {t().frame.everywhere}
          </a>
        </li>
        {above.map((row, index) => (
          <li key={row.area}>
            <a
              data-here
              href={changed({ area: row.area, row: null })}
              aria-current={index === above.length - 1 ? "location" : undefined}
            >
              {row.name ?? row.area}
            </a>
          </li>
        ))}
        {area.value && areas && !above.length && <li>{area.value}</li>}
      </ol>
    </nav>
  );
}
