// Hears from the service when the data move, so that what is on the screen can say that it is old.
import { useEffect } from "preact/hooks";
import { ask, key, newest, round } from "../api/client";
import { me } from "./who";

const AGAIN = 30_000; // ms before a stream that ended is asked for anew

/** Connected while someone is logged in; one stream for the page. */
export function useWatch(): void {
  const who = me.value?.name;
  useEffect(() => {
    if (who === undefined) return undefined;
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      void hear(leaving.signal)
        .catch(() => undefined) // no room for one more, or the service went away: asked again
        .finally(() => {
          if (!leaving.signal.aborted) timer = setTimeout(listen, AGAIN);
        });
    };
    listen();
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [who, key.value]);
}

async function hear(signal: AbortSignal): Promise<void> {
  const response = await ask("/api/v1/changes/stream", {
    signal,
    headers: newest.value ? { "Last-Event-ID": String(newest.value) } : {},
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) told(line);
  }
}

function told(line: string): void {
  if (line === "event: reset") {
    // An earlier state came back: the versions begin anew with it.
    newest.value = 0;
    round.value += 1;
  }
  const version = /^id: (\d+)$/.exec(line)?.[1];
  if (version && Number(version) > newest.value) newest.value = Number(version);
}
