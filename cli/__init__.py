"""The command line: `cobuild`; knows nothing of the HTTP API's code."""
