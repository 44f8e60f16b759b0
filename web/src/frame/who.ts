// Who is logged in, and what they may do: as the service says, never as the page guesses.
import { signal } from "@preact/signals";
import { forget } from "../api/answer";
import type { Shapes } from "../api/client";
import { Failure, get, key, reason, turnedAway } from "../api/client";

export type Me = Shapes["MeShape"];

/** Null before the service has answered, or while it asks for a log-in. */
export const me = signal<Me | null>(null);
/** Whether the service says with the page that no one logs in. */
export const OPEN = document.documentElement.hasAttribute("data-open");
export const loggingIn = signal<boolean>(false);
/** In the window's own store while one is logged in at the provider: a reload takes the way there again by itself. */
export const THERE = "cobuild.log-in-there";

/** Ask who one is; opens the log-in where the service asks for one. */
export async function recognise(): Promise<void> {
  try {
    me.value = (await get("/api/v1/me")).data;
    loggingIn.value = false;
  } catch (error) {
    me.value = null;
    if (error instanceof Failure && error.problem.status === 401) loggingIn.value = true;
    else throw error;
  }
}

export async function logIn(given: string): Promise<void> {
  key.value = given;
  try {
    me.value = (await get("/api/v1/me")).data;
    loggingIn.value = false;
    turnedAway.value = false;
    forget();
  } catch (error) {
    key.value = null;
    throw error;
  }
}

export function logOut(): void {
  sessionStorage.removeItem(THERE);
  key.value = null;
  reason.value = null;
  me.value = null;
  forget();
  void recognise().catch(() => undefined);
}

export const may = (right: string): boolean => me.value?.rights.includes(right as never) ?? false;
