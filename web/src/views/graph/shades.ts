// Colours of types as they can be told from the ground: on dark paper the dark ones are lightened.

const LEAST = 3; // contrast that graphics have to have (WCAG 1.4.11)
const known = new Map<string, string>();

/** A colour `#rrggbb` on paper `#rrggbb`; on light paper as it is, there shapes have a dark edge. */
export function seen(colour: string, paper: string): string {
  const key = colour + paper;
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = lightened(colour, paper)));
  return found;
}

function lightened(colour: string, paper: string): string {
  const ground = luminance(parts(paper));
  let rgb = parts(colour);
  if (!rgb.length || !(ground < 0.2)) return colour;
  for (let i = 0; i < 20 && (luminance(rgb) + 0.05) / (ground + 0.05) < LEAST; i += 1) rgb = rgb.map((c) => c + (255 - c) * 0.1);
  return `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;
}

const parts = (colour: string): number[] => (/^#[0-9a-f]{6}$/i.test(colour.trim()) ? [1, 3, 5].map((i) => parseInt(colour.trim().slice(i, i + 2), 16)) : []);

function luminance(rgb: number[]): number {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 1) + 0.7152 * (g ?? 1) + 0.0722 * (b ?? 1);
}
