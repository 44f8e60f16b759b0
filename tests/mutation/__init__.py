"""Whether the tests of a rule notice when the rule is wrong: `python -m tests.mutation`."""
