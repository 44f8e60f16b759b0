"""The endpoints, one module for each kind of question; a handler parses, calls once, returns."""
