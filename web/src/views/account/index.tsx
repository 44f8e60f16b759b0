// 账户: who one is and may be shown, what one asked; for administrators accounts, keys and the trail.
import type { JSX } from "preact";
import { link, parts } from "../../frame/address";
import { may, me } from "../../frame/who";
import { t } from "../../texts";
import { AccountsPart } from "./accounts";
import "./account.css";
import { AuditPart } from "./audit";
import { MinePart } from "./mine";

const PARTS = { mine: MinePart, accounts: AccountsPart, audit: AuditPart } as const;
type Part = keyof typeof PARTS;

export default function Account(): JSX.Element {
  const words = t().account;
  const part = (parts.value[1] ?? "mine") as Part;
  const Body = PARTS[part] ?? MinePart;
  const administers = may("administer");
  return (
    <>
      <h1>{t().views.account}</h1>
      {administers && (
        <nav class="tabs" aria-label={t().views.account}>
          {(Object.keys(PARTS) as Part[]).map((name) => (
            <a key={name} data-here href={link(name === "mine" ? "/account" : `/account/${name}`)} aria-current={name === part ? "page" : undefined}>
              {words.parts[name]}
            </a>
          ))}
        </nav>
      )}
      {part === "mine" || administers ? <Body key={me.value?.name} /> : <p class="state trouble">{t().states.not_allowed}</p>}
    </>
  );
}
