// The words of the page in the language that is on. English is loaded when it is asked for.
import { effect, signal } from "@preact/signals";
import { language } from "../frame/settings";
import { zh } from "./zh";

/** What every language has: the same keys, texts or functions that make one. */
type Same<T> = { [K in keyof T]: T[K] extends (...given: infer A) => string ? (...given: A) => string : T[K] extends object ? Same<T[K]> : string };
export type Texts = Same<typeof zh>;

const words = signal<Texts>(zh);
export const t = (): Texts => words.value;

effect(() => {
  if (language.value === "zh") words.value = zh;
  else void import("./en").then(({ en }) => language.value === "en" && (words.value = en));
});

/** The one of two texts that an answer gives in both languages; the other where one is missing. */
export function pick(inChinese: string | null | undefined, inEnglish: string | null | undefined): string {
  const [first, second] = language.value === "zh" ? [inChinese, inEnglish] : [inEnglish, inChinese];
  return first || second || "";
}

/** A type as an answer names it; English has its code in words: `OwnersCommittee`, owners committee. */
export const typeWord = (inChinese?: string, code = ""): string => pick(inChinese, code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase());

/** Both halves of the service's own words "中文 / English", the one of this language. */
export function half(text: string): string {
  const [first, ...rest] = text.split(" / ");
  return pick(first, rest.join(" / ") || first);
}

const NUMBERS = { zh: new Intl.NumberFormat("zh-CN"), en: new Intl.NumberFormat("en-GB") };
export const number = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : NUMBERS[language.value].format(value);
export const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
