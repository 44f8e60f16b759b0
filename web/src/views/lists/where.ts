// Conditions of a list as the address holds them: the syntax of the API's parameter `where`.
export interface Condition {
  column: string;
  sign: "=" | "!=" | "~" | ">=" | "<=";
  values: string[];
}

const FORM = /^(\w+)(!=|>=|<=|=|~)(.*)$/s;

export function readWhere(text: string | null): Condition[] {
  return (text ?? "").split(";").flatMap((part) => {
    const found = FORM.exec(part.trim());
    if (!found) return [];
    return [{ column: found[1]!, sign: found[2] as Condition["sign"], values: found[3]!.split(",").map(decodeURIComponent) }];
  });
}

/** Only what would be taken for a sign is written in percent, so that the address stays legible. */
const safe = (value: string): string => value.replace(/[%;,]/g, encodeURIComponent);

export function writeWhere(conditions: Condition[]): string {
  return conditions.map((c) => `${c.column}${c.sign}${c.values.map(safe).join(",")}`).join(";");
}

/** The conditions with one replaced; no value takes it out. */
export function withCondition(all: Condition[], column: string, sign: Condition["sign"], values: string[] | null): Condition[] {
  const others = all.filter((c) => c.column !== column || c.sign !== sign);
  return values === null ? others : [...others, { column, sign, values }];
}
