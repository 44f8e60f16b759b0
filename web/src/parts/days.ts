// Dates of ties of which a register has the month or year alone, as it has them: 2015.07.

/** `marks` are `since:month`; of an end the first day after it is stored, its last month is shown. */
export function written(day: string, name: string, marks: unknown): string {
  const mark = Array.isArray(marks) ? marks.find((m): m is string => typeof m === "string" && m.startsWith(`${name}:`)) : undefined;
  if (!mark) return day;
  const shown = new Date(`${day}T00:00:00Z`);
  if (name.endsWith("until")) shown.setUTCDate(shown.getUTCDate() - 1);
  const text = shown.toISOString();
  return mark.endsWith("year") ? text.slice(0, 4) : text.slice(0, 7).replace("-", ".");
}
