// The lines that ask the same from elsewhere, to be copied.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { key } from "../../api/client";
import { t } from "../../texts";
import type { Lines } from "./lines";

export function LinesShown({ lines }: { lines: Lines }): JSX.Element {
  const words = t().questions;
  return (
    <details class="lines">
      <summary>{words.lines}</summary>
      <p class="soft">
        {words.linesAbout}
        {key.value && <> {words.linesKey}</>}
      </p>
      <Line name="curl" text={lines.curl} />
      {lines.file && <Line name={words.lineFile} text={lines.file} />}
      {lines.cobuild && <Line name={words.lineCommand} text={lines.cobuild} />}
      <Line name="Python" text={lines.python} />
    </details>
  );
}

function Line({ name, text }: { name: string; text: string }): JSX.Element {
  const copied = useSignal(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    copied.value = true;
    setTimeout(() => (copied.value = false), 2000);
  };
  return (
    <div class="line" data-line={name}>
      <div class="line-head">
        <b>{name}</b>
        <button type="button" class="plain" onClick={() => void copy().catch(() => undefined)}>
          {copied.value ? t().words.copied : t().words.copy}
        </button>
      </div>
      <pre tabIndex={0} aria-label={name}>
        {text}
      </pre>
    </div>
  );
}
