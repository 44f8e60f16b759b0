// A part that is loaded when it is first shown.
import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Loading } from "../../parts/states";
import { t } from "../../texts";

export function lazyPart<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): (props: P) => JSX.Element {
  return function Part(props: P): JSX.Element {
    const found = useSignal<{ Body: ComponentType<P> } | null>(null);
    const failed = useSignal(false);
    useEffect(() => {
      load().then(
        (module) => (found.value = { Body: module.default }),
        () => (failed.value = true),
      );
    }, []);
    if (failed.value) return <p class="state trouble">{t().states.no_answer}</p>;
    const Body = found.value?.Body;
    return Body ? <Body {...props} /> : <Loading />;
  };
}
