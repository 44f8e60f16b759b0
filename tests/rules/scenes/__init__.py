"""Small graphs that the tests of rules are written in; no tests."""
