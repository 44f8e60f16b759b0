// Printing: tables that draw only what is in sight draw all that they have as long as the page is printed.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { number, t } from "../texts";

export const MOST_PRINTED = 2_000; // rows, some 60 pages; who wants more takes the file

export function usePrinting(): boolean {
  const [on, turn] = useState(false);
  useEffect(() => {
    const begin = (): void => turn(true);
    const end = (): void => turn(false);
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    };
  }, []);
  return on;
}

/** For buttons: within a click the tables would be drawn only after the paper was, so they are told before. */
export function printPage(): void {
  dispatchEvent(new Event("beforeprint"));
  setTimeout(() => window.print());
}

/** Said on paper where it has not all rows. */
export const NotAllPrinted = ({ drawn, total }: { drawn: number; total: number }): JSX.Element | null =>
  drawn < total ? <p class="print-only">{t().words.printedOf(number(drawn), number(total))}</p> : null;
