// The frame of every view: header, tree of areas, the view itself, the log-in where it is asked for.
import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Failure, round, turnedAway } from "../api/client";
import { Loading, Trouble } from "../parts/states";
import { t } from "../texts";
import { here, link, parts } from "./address";
import { Crumbs } from "./crumbs";
import { Header } from "./header";
import { LogIn } from "./log-in";
import { ReasonDialog } from "./reason";
import { treeShown } from "./settings";
import { AreaTree } from "./tree";
import type { View } from "./views";
import { VIEWS } from "./views";
import { useWatch } from "./watch";
import { loggingIn, me, OPEN, recognise } from "./who";

export function Shell(): JSX.Element {
  const trouble = useSignal<Failure | null>(null);
  const begun = useSignal(false);
  useEffect(() => {
    recognise()
      .then(() => (trouble.value = null))
      .catch((error: unknown) => (trouble.value = error instanceof Failure ? error : null))
      .finally(() => (begun.value = true));
  }, [round.value]);
  useWatch();
  const path = parts.value[0] ?? "overview";
  const view = VIEWS.find((v) => v.path === path);
  useEffect(() => {
    document.title = `${view ? view.name(t()) : ""} · ${t().name}`;
  });
  const placed = view?.placed ?? false;
  // Where no one logs in, what is shown need not wait until the service has said who one is.
  const known = me.value !== null || (OPEN && placed && !begun.value);
  return (
    <>
      <a class="skip" href="#main">
        {t().frame.skip}
      </a>
      <Header />
      <div class={placed && treeShown.value ? "body with-tree" : "body"}>
        {placed && treeShown.value && known && <AreaTree />}
        <main id="main" tabIndex={-1}>
          {placed && known && <Crumbs />}
          {trouble.value ? (
            <Trouble problem={trouble.value.problem} />
          ) : !known ? (
            begun.value ? <Trouble problem={NOBODY} /> : <Loading />
          ) : view ? (
            <Opened key={view.path} view={view} />
          ) : (
            <div class="state trouble" role="alert">
              <p>{t().frame.noView}</p>
              <p>
                <a data-here href={link("/overview")}>
                  {t().frame.toOverview}
                </a>
              </p>
            </div>
          )}
        </main>
      </div>
      {(loggingIn.value || turnedAway.value) && <LogIn />}
      <ReasonDialog />
    </>
  );
}

const NOBODY = {
  type: "",
  title: "",
  status: 401,
  instance: "",
  code: "unauthorized",
  subject: null,
  detail: "",
  detail_zh: "",
  detail_en: "",
};

/** The module of a view, loaded when it is first opened. */
function Opened({ view }: { view: View }): JSX.Element {
  const found = useSignal<ComponentType | null>(view.body ?? null);
  const failed = useSignal(false);
  useEffect(() => {
    view.load().then(
      (module) => (found.value = module.default),
      () => (failed.value = true),
    );
  }, [view]);
  if (failed.value) return <p class="state trouble">{t().states.no_answer}</p>;
  const Body = found.value;
  return Body ? <Body key={here.value.path.split("/")[1]} /> : <Loading />;
}
