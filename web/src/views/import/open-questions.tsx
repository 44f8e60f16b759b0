// What all registers left open: answered here, several at once, or taken along as a list and handed back filled in.
import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { forget, useAnswer } from "../../api/answer";
import { Failure, download } from "../../api/client";
import { area } from "../../frame/address";
import { Empty, Shown } from "../../parts/states";
import { pick, t } from "../../texts";
import { Questions } from "./questions";

export function OpenQuestions(): JSX.Element {
  const words = t().intake;
  const asked = useAnswer("/api/v1/questions");
  const trouble = useSignal("");
  const given = useSignal(0);
  const take = async (): Promise<void> => {
    trouble.value = "";
    const where = area.value ? `?area=${encodeURIComponent(area.value)}` : "";
    await download(`/api/v1/questions/export${where}`).catch((error: unknown) => {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    });
  };
  return (
    <section>
      <p class="soft">{words.openAbout}</p>
      {given.value > 0 && (
        <p class="note" role="status">
          {words.answersKept(given.value)}
        </p>
      )}
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      <Shown asked={asked}>
        {({ data }) =>
          !data.length ? (
            <Empty>{words.noQuestions}</Empty>
          ) : (
            <>
              <p>
                <button type="button" onClick={() => void take()}>
                  {words.questionList}
                </button>
              </p>
              <Questions
                heading="h2"
                questions={data}
                submit={words.answerOnly}
                onDone={(count) => {
                  given.value = count;
                  forget();
                }}
              />
            </>
          )
        }
      </Shown>
    </section>
  );
}
