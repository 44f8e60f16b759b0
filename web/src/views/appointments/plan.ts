// A proposal as the API, the command line and drafts have it; while it is worked on it is in the address.
export type Kind = "appoint" | "relieve" | "extend" | "pay";
export interface Change {
  kind: Kind;
  person?: string;
  body?: string;
  role?: string;
  post?: string;
  until?: string;
  approved_by?: string;
  term_until?: string;
  paid?: boolean;
}
export interface Plan {
  as_of: string;
  changes: Change[];
}

const NAMES = ["kind", "person", "body", "role", "post", "until", "approved_by", "term_until", "paid"] as const;

/** From the address: `appoint,person=…,body=…,role=member;relieve,post=…`. */
export function readChanges(text: string | null): Change[] {
  return (text ?? "").split(";").flatMap((part) => {
    const [kind, ...rest] = part.split(",");
    if (kind !== "appoint" && kind !== "relieve" && kind !== "extend" && kind !== "pay") return [];
    const change: Record<string, unknown> = { kind };
    for (const item of rest) {
      const [name, ...value] = item.split("=");
      const given = decodeURIComponent(value.join("="));
      if (name && (NAMES as readonly string[]).includes(name) && given) change[name] = name === "paid" ? given === "true" : given;
    }
    return [change as unknown as Change];
  });
}

export function writeChanges(changes: readonly Change[]): string {
  const safe = (value: unknown): string => String(value).replace(/[%;,=]/g, encodeURIComponent);
  return changes
    .map((c) => [c.kind, ...NAMES.filter((n) => n !== "kind" && c[n] !== undefined && c[n] !== "").map((n) => `${n}=${safe(c[n])}`)].join(","))
    .join(";");
}

/** Whether the service can be asked about it: the rest it says itself. */
export function isWhole(change: Change): boolean {
  if (change.kind === "appoint") return Boolean(change.person && change.body && change.role);
  if (change.kind === "relieve") return Boolean(change.post);
  if (change.kind === "pay") return Boolean(change.post) && change.paid !== undefined;
  return Boolean((change.post || change.body) && change.until);
}

/** A draft from a file, as `cobuild appoint` reads it too; null for what is none. */
export function readDraft(text: string): Plan | null {
  try {
    const found = JSON.parse(text) as Partial<Plan>;
    return typeof found.as_of === "string" && Array.isArray(found.changes) ? { as_of: found.as_of, changes: readChanges(writeChanges(found.changes)) } : null;
  } catch {
    return null;
  }
}
