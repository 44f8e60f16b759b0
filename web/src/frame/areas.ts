// The areas of the data: the tree on the left, names for everywhere. Asked once for a day and a data version.
import { useMemo } from "preact/hooks";
import type { Asked } from "../api/answer";
import { useAnswer } from "../api/answer";
import type { Answer, Shapes } from "../api/client";
import { asOf } from "./address";
import { me } from "./who";

export type AreaRow = Shapes["AreaRow"];

export interface Areas {
  by: Map<string, AreaRow>;
  below: Map<string, AreaRow[]>;
  tops: AreaRow[];
  /** Areas above, the highest first. */
  above: (id: string) => AreaRow[];
}

const MOST = 100_000;

export function useAreas(): { areas: Areas | null; asked: Asked<Answer<"/api/v1/areas">> } {
  const asked = useAnswer("/api/v1/areas", { as_of: asOf.value }, MOST);
  const limited = me.value?.area ?? null;
  const areas = useMemo(() => (asked.answer ? arrange(asked.answer.data, limited) : null), [asked.answer, limited]);
  return { areas, asked };
}

function arrange(rows: AreaRow[], limited: string | null): Areas {
  const by = new Map(rows.map((row) => [row.area, row]));
  const below = new Map<string, AreaRow[]>();
  for (const row of rows) {
    if (row.parent) below.set(row.parent, [...(below.get(row.parent) ?? []), row]);
  }
  const top = limited ? by.get(limited) : undefined;
  const tops = top ? [top] : rows.filter((row) => !row.parent || !by.has(row.parent));
  const above = (id: string): AreaRow[] => {
    const found: AreaRow[] = [];
    for (let row = by.get(id); row; row = row.parent ? by.get(row.parent) : undefined) {
      if (found.includes(row)) break;
      found.unshift(row);
    }
    return found;
  };
  return { by, below, tops, above };
}
