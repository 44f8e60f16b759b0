"""One module per group of commands; each registers on the application in `cli.main`."""
