"""Speed and memory on the worked example grown large, against the bare driver, as ratios."""
