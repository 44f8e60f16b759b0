// One change of a proposal: who, where, as what, or which post and until when.
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { useAnswer } from "../../api/answer";
import { AskReason, mayAsk } from "../../frame/reason";
import { Picker } from "../../parts/picker";
import type { Offered } from "../../parts/picker";
import { useWords } from "../../parts/words";
import { t } from "../../texts";
import type { Change } from "./plan";
import { isWhole } from "./plan";
import { MASK } from "../../parts/mask";

const BODIES = "PartyOrganization,ResidentsCommittee,OwnersCommittee,SupervisionCommittee,PropertyProject,Team,ServiceStation,Unit,PropertyFirm,Grid";

interface Held {
  post: string;
  person: string;
  person_name: string | null;
  role: string;
}
const nameOf = (row: Held): string => (row.person_name && row.person_name !== MASK ? row.person_name : row.person);

interface FormProps {
  change: Change;
  day: string;
  onChange: (next: Change) => void;
  onRemove: () => void;
}

export function ChangeForm(props: FormProps): JSX.Element {
  const { change, onChange } = props;
  const words = t().appointments;
  return (
    <fieldset class={isWhole(change) ? "change" : "change unfinished"}>
      <legend>{words.kinds[change.kind]}</legend>
      {change.kind === "appoint" ? <Appoint {...props} /> : <OfPost {...props} />}
      {change.kind === "extend" && (
        <>
          <Day label={words.until} value={change.until} onChange={(until) => onChange({ ...change, until })} />
          <Text label={words.approvedBy} value={change.approved_by} onChange={(approved_by) => onChange({ ...change, approved_by })} />
        </>
      )}
      {change.kind === "pay" && (
        <label>
          {words.paid}
          <select value={change.paid === undefined ? "" : String(change.paid)} onChange={(e) => onChange(withPaid(change, e.currentTarget.value))}>
            <option value="" />
            <option value="true">{t().words.yes}</option>
            <option value="false">{t().words.no}</option>
          </select>
        </label>
      )}
      <button type="button" class="plain no-print" aria-label={words.remove} title={words.remove} onClick={props.onRemove}>
        ✕
      </button>
    </fieldset>
  );
}

function withPaid(change: Change, value: string): Change {
  const { paid: _, ...rest } = change;
  return value === "" ? rest : { ...rest, paid: value === "true" };
}

function Appoint({ change, day, onChange }: FormProps): JSX.Element {
  const t_ = t().appointments;
  const words = useWords();
  const model = useAnswer("/api/v1/model").answer?.data;
  const body = useAnswer(change.body ? "/api/v1/nodes/{id}" : null, { $id: change.body }).answer?.data;
  const posts = (model?.posts as Record<string, string[]> | undefined)?.[body?.label ?? ""] ?? [];
  const held = useAnswer(change.body ? "/api/v1/queries/body_members" : null, { body: change.body, as_of: day }).answer?.data as Held[] | undefined;
  const offered = [...new Map((held ?? []).map((row) => [row.person, { id: row.person, name: nameOf(row) }])).values()];
  return (
    <>
      <One label={t_.person} types="Person" value={change.person ?? ""} hint={t_.personHint} offered={offered} onPick={(person) => onChange({ ...change, person })}>
        {mayAsk() && (
          <p class="soft no-print">
            {t_.personReason} <AskReason />
          </p>
        )}
      </One>
      <One label={t_.body} types={BODIES} value={change.body ?? ""} hint={t_.bodyHint} onPick={(id) => onChange({ ...change, body: id, role: "" })} />
      <label>
        {t_.role}
        <select value={change.role ?? ""} disabled={!posts.length} onChange={(e) => onChange({ ...change, role: e.currentTarget.value })}>
          <option value="" />
          {posts.map((post) => (
            <option key={post} value={post}>
              {words.value(post)}
            </option>
          ))}
        </select>
      </label>
      <Day label={t_.termUntil} value={change.term_until} onChange={(term_until) => onChange({ ...change, term_until })} />
    </>
  );
}

/** A post that is held: found by its body, or for an extension the body's own term. */
function OfPost({ change, day, onChange }: FormProps): JSX.Element {
  const t_ = t().appointments;
  const words = useWords();
  const body = change.body ?? change.post?.split("~")[2] ?? "";
  const asked = useAnswer(body ? "/api/v1/queries/body_members" : null, { body, as_of: day, limit: 500 });
  const held = (asked.answer?.data ?? []) as unknown as Held[];
  const choose = (value: string): void => {
    const { post: _, body: __, ...rest } = change;
    if (value === body) onChange({ ...rest, body });
    else onChange({ ...rest, ...(change.kind === "extend" ? {} : { body }), post: value });
  };
  return (
    <>
      <One
        label={t_.body}
        types={BODIES}
        value={body}
        hint={t_.bodyHint}
        onPick={(id) => {
          const { post: _, ...rest } = change;
          onChange({ ...rest, body: id });
        }}
      />
      <label>
        {t_.post}
        <select value={change.post ?? (change.kind === "extend" && change.body ? body : "")} disabled={!held.length} onChange={(e) => choose(e.currentTarget.value)}>
          <option value={change.kind === "extend" ? body : ""}>{change.kind === "extend" && body ? t_.ownTerm : ""}</option>
          {held.map((row) => (
            <option key={row.post} value={row.post}>
              {nameOf(row)} {words.value(row.role)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface OneProps {
  label: string;
  types: string;
  value: string;
  hint: string;
  offered?: Offered[];
  onPick: (id: string) => void;
  children?: ComponentChildren;
}

/** One thing, found by its name. */
function One({ label, value, onPick, children, ...props }: OneProps): JSX.Element {
  const id = useId();
  return (
    <div class="one">
      <label for={id}>{label}</label>
      <Picker id={id} value={value ? [value] : []} onChange={(ids) => onPick(ids[0] ?? "")} {...props} />
      {children}
    </div>
  );
}

function Day(props: { label: string; value: string | undefined; onChange: (value: string) => void }): JSX.Element {
  return (
    <label>
      {props.label}
      <input type="date" value={props.value ?? ""} onChange={(e) => props.onChange(e.currentTarget.value)} />
    </label>
  );
}

function Text(props: { label: string; value: string | undefined; onChange: (value: string) => void }): JSX.Element {
  return (
    <label>
      {props.label}
      <input type="text" value={props.value ?? ""} onChange={(e) => props.onChange(e.currentTarget.value)} />
    </label>
  );
}
