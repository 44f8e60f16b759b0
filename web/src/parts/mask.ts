// What the service shows in place of a withheld value: `MASK` of graph/private.py.
export const MASK = "＊＊＊";
