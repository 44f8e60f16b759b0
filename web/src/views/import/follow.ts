// One delivery as it stands, asked again while it is being worked on.
import { useEffect, useState } from "preact/hooks";
import type { Problem, Shapes } from "../../api/client";
import { Failure, get } from "../../api/client";

export type Item = Shapes["HandedInShape"];
const PAUSE = 600; // ms between two questions
const PATIENCE = 20; // questions without an answer, before that is said

export interface Followed {
  item: Item | null;
  problem: Problem | null;
  /** The service does not answer just now; it is asked again. */
  waiting: boolean;
  set: (item: Item) => void;
}

export function useDelivery(id: string): Followed {
  const [item, set] = useState<Item | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [failed, setFailed] = useState(0);
  const working = item?.state === "working";
  useEffect(() => {
    let on = true;
    const timer = setTimeout(
      () =>
        void get("/api/v1/deliveries/{id}", { $id: id }).then(
          (answer) => {
            if (!on) return;
            set(answer.data);
            setFailed(0);
          },
          (error: unknown) => {
            if (!on || !(error instanceof Failure)) return;
            const away = error.problem.status === 0 || error.problem.status >= 500;
            if (away && failed < PATIENCE) setFailed(failed + 1);
            else setProblem(error.problem);
          },
        ),
      item === null && failed === 0 ? 0 : PAUSE,
    );
    if (!working && item !== null) clearTimeout(timer);
    return () => {
      on = false;
      clearTimeout(timer);
    };
  }, [id, item, failed, working]);
  return { item, problem, waiting: failed > 0, set };
}
