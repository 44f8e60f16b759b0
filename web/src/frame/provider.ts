// The log-in at an identity provider: authorization code with PKCE. The page goes there and comes back with a code,
// which the service exchanges. What the browser keeps meanwhile proves the log-in and opens nothing.
import { signal } from "@preact/signals";
import type { Problem, Shapes } from "../api/client";
import { Failure, get, key, local, post } from "../api/client";
import { go } from "./address";
import { THERE, logIn } from "./who";

interface Begun {
  state: string;
  nonce: string;
  verifier: string;
  where: string;
}
type Provider = { page: string; client: string; scope: string };

/** Why the last log-in there did not come about. */
export const failed = signal<Problem | null>(null);

const BEGUN = "cobuild.log-in";
const EARLY = 30; // seconds before its end at which a token is renewed
const LONGEST = 86_400; // seconds: what holds longer is not renewed, a window hardly lasts so long
const back = (): string => `${location.origin}/`;

/** The provider that the service names; null where it takes keys only, or does not know now. */
export async function offered(): Promise<Provider | null> {
  try {
    const found: Shapes["SignInShape"] = await get("/sign-in");
    const { page, client, scope } = found;
    return page !== null && client !== null && scope !== null ? { page, client, scope } : null;
  } catch (error) {
    if (error instanceof Failure && error.problem.status === 503) failed.value = error.problem;
    return null;
  }
}

/** Go to the provider's page; where one is now is shown again afterwards. */
export async function leave(provider: Provider): Promise<void> {
  if (!crypto.subtle) {
    // Browsers have it where the address is https, or this machine.
    failed.value = local("not_secure", "在该地址（非 https）浏览器不允许统一身份认证，请改用 https 地址或密钥。", "The browser allows this log-in at https addresses only: use one, or a key.");
    return;
  }
  const begun: Begun = { state: random(), nonce: random(), verifier: random(), where: location.pathname + location.search };
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(begun.verifier));
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: provider.client,
    redirect_uri: back(),
    scope: provider.scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: coded(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${provider.page}${provider.page.includes("?") ? "&" : "?"}${asked.toString()}`);
}

/** Where the address is one that the provider sent the browser back to: the log-in is completed, the address cleared. */
export async function comeBack(): Promise<void> {
  const kept = sessionStorage.getItem(BEGUN);
  const given = new URLSearchParams(location.search);
  const [code, state, error] = [given.get("code"), given.get("state"), given.get("error")];
  if (!kept || location.pathname !== "/" || !state || (code === null && error === null)) return;
  const begun = JSON.parse(kept) as Begun;
  sessionStorage.removeItem(BEGUN);
  sessionStorage.removeItem(THERE);
  go(state === begun.state ? begun.where : "/", true);
  if (state !== begun.state || code === null) {
    failed.value = local("log_in_refused", "统一身份认证没有完成登录，请重试。", "The identity provider did not complete the log-in: try again.");
    return;
  }
  try {
    const granted = await post("/sign-in", { code, verifier: begun.verifier, back: back(), nonce: begun.nonce });
    await logIn(granted.token);
    renewLater(granted);
    sessionStorage.setItem(THERE, "1");
  } catch (trouble) {
    if (trouble instanceof Failure) failed.value = trouble.problem;
    else throw trouble;
  }
}

/** Log in again by itself where one did before: the provider knows the browser still, or asks. */
export async function again(): Promise<boolean> {
  if (sessionStorage.getItem(THERE) === null) return false;
  sessionStorage.removeItem(THERE);
  const provider = await offered();
  if (provider) await leave(provider);
  return provider !== null && failed.value === null;
}

/** Take a later token in time, as long as this one is still in use. Where that fails, the log-in is asked for at its end. */
function renewLater({ token, seconds, renewal }: Shapes["TokenShape"]): void {
  if (renewal === null || seconds > LONGEST) return;
  const renew = async (): Promise<void> => {
    if (key.value !== token) return;
    const later = await post("/sign-in/renewal", { renewal }).catch(() => null);
    if (!later || key.value !== token) return;
    key.value = later.token;
    renewLater({ ...later, renewal: later.renewal ?? renewal });
  };
  setTimeout(() => void renew(), 1000 * Math.max(1, seconds / 2, seconds - EARLY));
}

const random = (): string => coded(crypto.getRandomValues(new Uint8Array(48)));
const coded = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
