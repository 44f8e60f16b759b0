// Who did something, as people say it. Raw it is an account, `local` or `local:USER`.
import { t } from "../texts";

/** Without log-in the page and the API are `local`; at the command line one is the user of that machine; older loads do not say who. */
export const whoWas = (who: string): string =>
  !who ? t().intake.commandLine : who === "local" ? t().frame.localUser : who.startsWith("local:") ? `${t().intake.commandLine} ${who.slice("local:".length)}` : who;
