// Names that may mean what the graph has already: answered once each, then checked again.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Failure, post } from "../../api/client";
import { pick, t } from "../../texts";
import type { Item } from "./follow";

interface Props {
  questions: Item["questions"];
  heading: "h2" | "h3";
  /** What the button says. */
  submit: (n: number) => string;
  /** How many answers were kept. */
  onDone: (count: number) => void;
}

export function Questions(props: Props): JSX.Element {
  const words = t().intake;
  const chosen = useSignal<Record<number, string>>({});
  const trouble = useSignal("");
  const answered = Object.keys(chosen.value).length;
  const give = async (event: Event): Promise<void> => {
    event.preventDefault();
    trouble.value = "";
    try {
      await post("/api/v1/questions", { answers: chosen.value });
      chosen.value = {};
      props.onDone(answered);
    } catch (error) {
      trouble.value = error instanceof Failure ? pick(error.problem.detail_zh, error.problem.detail_en) : String(error);
    }
  };
  return (
    <form class="open-questions" onSubmit={(e) => void give(e)} aria-labelledby="open-questions">
      <props.heading id="open-questions">{words.questions(props.questions.length)}</props.heading>
      <p class="soft">{words.questionsAbout}</p>
      {props.questions.map((question) => (
        <fieldset key={question.number}>
          <legend>{words.question(question.name, question.place)}</legend>
          {question.candidates.map((candidate, index) => (
            <label key={candidate.id} class="tick">
              <input
                type="radio"
                name={`question-${question.number}`}
                checked={chosen.value[question.number] === String(index + 1)}
                onChange={() => (chosen.value = { ...chosen.value, [question.number]: String(index + 1) })}
              />{" "}
              {words.itIs(candidate.name, candidate.place)} <span class="soft">{words.likeness(candidate.likeness)}</span>
            </label>
          ))}
          <label class="tick">
            <input
              type="radio"
              name={`question-${question.number}`}
              checked={chosen.value[question.number] === "新"}
              onChange={() => (chosen.value = { ...chosen.value, [question.number]: "新" })}
            />{" "}
            {words.itIsNew}
          </label>
        </fieldset>
      ))}
      {trouble.value && (
        <p class="wrong" role="alert">
          {trouble.value}
        </p>
      )}
      <button type="submit" class="main" disabled={!answered}>
        {props.submit(answered)}
      </button>
    </form>
  );
}
