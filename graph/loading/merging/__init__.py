"""Two things that turn out to be one: merged with all that hung on both, and taken apart again.

`plan` says what a merge does and refuses what would not fit the model, `carry_out` does it and takes it
back, in graph and ledger, `away` tells a delivery that still has an id that was merged away.
"""
