// The panel of one row, with its own address: found again by its id, whatever the list shows.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { change } from "../../frame/address";
import { t } from "../../texts";
import { BodyPanel } from "./body-panel";
import { FindingPanel } from "./finding-panel";
import { GapPanel } from "./gap-panel";
import type { Kind } from "./kinds";
import { NeedPanel } from "./need-panel";
import { PersonPanel } from "./person-panel";

const BODIES: Record<Kind["name"], (props: { id: string }) => JSX.Element> = {
  gaps: GapPanel,
  findings: FindingPanel,
  candidates: ({ id }) => <FindingPanel id={id.split("|").slice(0, -1).join("|")} />,
  terms: ({ id }) => <BodyPanel id={id.startsWith("p-") && id.includes("~") ? id.split("~")[2]! : id.split("~")[0]!} />,
  needs: NeedPanel,
  bodies: BodyPanel,
  persons: ({ id }) => <PersonPanel id={id.split("~")[0]!} />,
};

export function Panel({ kind, id }: { kind: Kind; id: string }): JSX.Element {
  const copied = useSignal(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    copied.value = false;
    box.current?.focus({ preventScroll: true });
  }, [id]);
  const close = (): void => change({ row: null });
  const Body = BODIES[kind.name];
  return (
    <aside
      class="panel"
      ref={box}
      tabIndex={-1}
      aria-label={t().lists.details}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <p class="panel-bar no-print">
        <button
          type="button"
          class="plain"
          onClick={() => void navigator.clipboard.writeText(location.href).then(() => (copied.value = true))}
        >
          {copied.value ? t().words.copied : t().words.copyLink}
        </button>
        <button type="button" class="plain" aria-label={t().frame.close} onClick={close}>
          ✕
        </button>
      </p>
      <Body key={id} id={id} />
    </aside>
  );
}
