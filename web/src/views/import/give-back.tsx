// A register given back: the department's own file, with what the graph says of each row beside it.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Failure, download, send } from "../../api/client";
import { pick, t } from "../../texts";
import type { Item } from "./follow";
import type { Told } from "./options";
import { backOf } from "./options";

interface GiveBackProps {
  item: Item;
  told: Told;
  act: (work: () => Promise<{ data: Item }>) => Promise<void>;
}

export function GiveBack({ item, told, act }: GiveBackProps): JSX.Element {
  const words = t().intake;
  const trouble = useSignal("");
  const { given } = item;
  const asked = backOf(told, item);
  const take = async (): Promise<void> => {
    trouble.value = "";
    await download(`/api/v1/deliveries/${item.id}/given-back`).catch((error: unknown) => {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    });
  };
  return (
    <details class="options" open={given !== null}>
      <summary>{words.giveBack}</summary>
      <p>{words.giveBackAbout}</p>
      <p class="buttons start">
        <button type="button" disabled={!asked.place} onClick={() => void act(() => send("POST", "/api/v1/deliveries/{id}/give-back", { $id: item.id }, asked))}>
          {given ? words.giveBackAgain : words.giveBackMake}
        </button>
        {given && (
          <button type="button" class="main" onClick={() => void take()}>
            {words.giveBackTake}
          </button>
        )}
      </p>
      {given && <p>{words.givenBack(given)}</p>}
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
    </details>
  );
}
