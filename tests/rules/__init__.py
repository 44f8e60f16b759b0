"""One module per rule, and drawn graphs per group of rules."""
