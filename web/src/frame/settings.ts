// What a person prefers on this machine: language and light. Nothing of it is secret, so it is kept here.
import { computed, effect, signal } from "@preact/signals";

export type Light = "auto" | "light" | "dark";

function stored(name: string, otherwise: string): string {
  try {
    return localStorage.getItem(`cobuild.${name}`) ?? otherwise;
  } catch {
    return otherwise; // a browser that keeps nothing
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`cobuild.${name}`, value);
  } catch {
    // it holds until the page is closed
  }
}

export const language = signal<"zh" | "en">(stored("language", "zh") === "en" ? "en" : "zh");
export const light = signal<Light>(stored("light", "auto") as Light);
const system = matchMedia("(prefers-color-scheme: dark)");
const dark = signal(system.matches);
system.addEventListener("change", () => (dark.value = system.matches));
/** What light is shown in, whoever chose it. */
export const shade = computed(() => (light.value === "auto" ? (dark.value ? "dark" : "light") : light.value));
/** Whether the tree of areas is shown beside the view; on a small screen only when it is asked for. */
export const treeShown = signal<boolean>(innerWidth > 960 && stored("tree", "1") === "1");

effect(() => {
  keep("language", language.value);
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
});
effect(() => {
  keep("light", light.value);
  document.documentElement.dataset["light"] = shade.value;
});
effect(() => {
  if (innerWidth > 960) keep("tree", treeShown.value ? "1" : "0");
});
