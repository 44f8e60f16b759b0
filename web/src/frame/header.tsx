// The top of every view: name, views, search, day, data version, language, light, who is here.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { newest } from "../api/client";
import { printPage } from "../parts/printing";
import { t } from "../texts";
import { asOf, change, link, parts } from "./address";
import { useAreas } from "./areas";
import { Finder } from "./finder";
import { ReasonState } from "./reason";
import type { Light } from "./settings";
import { language, light, treeShown } from "./settings";
import { VIEWS } from "./views";
import { logOut, loggingIn, me } from "./who";

export function Header(): JSX.Element {
  const words = t().frame;
  const current = parts.value[0] ?? "overview";
  const placed = VIEWS.find((view) => view.path === current)?.placed ?? false;
  const views = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone not all views have room: the one that is open is in sight.
    const open = innerWidth < 960 ? views.current?.querySelector<HTMLElement>("[aria-current]") : null;
    if (open && views.current) views.current.scrollLeft = open.offsetLeft + open.offsetWidth - views.current.clientWidth;
  }, [current, words]);
  return (
    <header class="top">
      <div class="bar">
        {placed && (
          <button
            type="button"
            class="plain tree-switch"
            aria-expanded={treeShown.value}
            title={treeShown.value ? words.hideTree : words.showTree}
            aria-label={treeShown.value ? words.hideTree : words.showTree}
            onClick={() => (treeShown.value = !treeShown.value)}
          >
            ☰
          </button>
        )}
        <a class="brand" data-here href={link("/overview")}>
          {t().name}
        </a>
        <Finder />
        <label class="day">
          <span>{words.day}</span>
          <input
            type="date"
            title={words.dayHint}
            value={asOf.value ?? ""}
            onChange={(e) => change({ as_of: e.currentTarget.value || null })}
          />
        </label>
        <span class="version" title={words.versionHint}>
          {words.version} <b>{newest.value || "–"}</b>
        </span>
      </div>
      <div class="bar second">
        <nav class="views" ref={views} aria-label={words.menu}>
          {VIEWS.map((view) => (
            <a
              key={view.path}
              data-here
              href={link(`/${view.path}`)}
              aria-current={view.path === current ? "page" : undefined}
            >
              {view.name(t())}
            </a>
          ))}
        </nav>
        <div class="aside">
          <Who />
          <label class="lights">
            <span class="hidden">{words.light}</span>
            <select value={light.value} onChange={(e) => (light.value = e.currentTarget.value as Light)}>
              {(["auto", "light", "dark"] as const).map((value) => (
                <option key={value} value={value}>
                  {words.lights[value]}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            class="plain"
            lang={language.value === "zh" ? "en" : "zh-CN"}
            onClick={() => (language.value = language.value === "zh" ? "en" : "zh")}
          >
            {words.language}
          </button>
          <button type="button" class="plain wide-only" onClick={printPage}>
            {words.print}
          </button>
          <a class="wide-only" href="/docs">
            {words.docs}
          </a>
        </div>
      </div>
    </header>
  );
}

function Who(): JSX.Element {
  const words = t().frame;
  const found = me.value;
  if (!found)
    return (
      <button type="button" class="plain" onClick={() => (loggingIn.value = true)}>
        {words.logIn}
      </button>
    );
  if (found.via === "local") return <span class="who wide-only">{words.localUser}</span>;
  return (
    <span class="who">
      <b>{found.shown ?? found.name}</b> {found.role && words.roles[found.role]}
      {found.area && <Limited area={found.area} />}
      <ReasonState />{" "}
      <button type="button" class="plain" onClick={logOut}>
        {words.logOut}
      </button>
    </span>
  );
}

function Limited({ area }: { area: string }): JSX.Element {
  const { areas } = useAreas();
  return (
    <span class="mark" title={area}>
      {t().frame.limitedTo(areas?.by.get(area)?.name ?? area)}
    </span>
  );
}
