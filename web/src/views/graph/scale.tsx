// The bar of a map: a round number of metres, as long as it is on the screen now.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

interface ScaleProps {
  /** Metres of 100 pixels of the picture; null where there is only one place. */
  metres: number | null;
  /** Pixels of the screen that one of the picture takes. */
  pixels: () => number;
  moved: (call: () => void) => void;
}

const LONGEST = 160; // pixels

export function Scale({ metres, pixels, moved }: ScaleProps): JSX.Element | null {
  const zoom = useSignal(pixels());
  useEffect(() => moved(() => (zoom.value = pixels())), []);
  if (metres === null) return null;
  const each = metres / 100 / zoom.value; // metres of a pixel of the screen
  const length = round(each * LONGEST);
  return (
    <div class="scale">
      <span>{length >= 1000 ? `${length / 1000} km` : `${length} m`}</span>
      <svg width={length / each} height="6" aria-hidden="true">
        <path d={`M0.5 0v5.5h${length / each - 1}V0`} fill="none" stroke="currentColor" />
      </svg>
    </div>
  );
}

/** The largest of 1, 2, 5, 10, 20 … that is not larger. */
function round(most: number): number {
  const ten = 10 ** Math.floor(Math.log10(most));
  return ten * ([5, 2, 1].find((n) => n * ten <= most) ?? 1);
}
