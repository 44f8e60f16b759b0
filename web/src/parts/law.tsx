// The texts that a rule rests on at a place, with article, days in force and how far they were verified.
import type { JSX } from "preact";
import { useAnswer } from "../api/answer";
import type { Given } from "../api/client";
import { language } from "../frame/settings";
import { pick, t } from "../texts";

export function Law({ rule, given }: { rule: string; given: Given }): JSX.Element | null {
  const rows = useAnswer("/api/v1/law", { ...given, rule, limit: 20 }).answer?.data ?? [];
  if (!rows.length) return null;
  return (
    <ul class="law">
      {rows.map((row, index) => (
        <li key={index}>
          {pick(row.title, row.title_en)} {row.article}
          <span class="soft">
            {" "}
            {pick(row.in_force_zh, row.in_force_en)}；{pick(row.verified_zh, row.verified_en)}
          </span>
        </li>
      ))}
      {language.value === "en" && <li class="soft">{t().words.lawAsItIs}</li>}
    </ul>
  );
}
