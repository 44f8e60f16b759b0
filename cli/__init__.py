"""The command line: `cobuild`. Above the graph layer; knows nothing of the HTTP API's code."""
