"""One module per group of commands; each registers on the application in `cli.main`."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "serve": ("run", "doctor"),
    "load": ("load", "loads", "template"),
    "register": ("register",),
    "give_back": ("give-back",),
    "search": ("search",),
    "coverage": ("coverage", "gaps", "gap"),
    "checks": ("check", "verify"),
    "queries": ("query",),
    "cypher": ("cypher",),
    "bolt": ("bolt",),
    "mcp": ("mcp",),
    "paths": ("paths", "chain", "connect"),
    "plans": ("plan", "analyse"),
    "preparation": ("prepare",),
    "reports": ("report", "compare", "runs", "calendar", "report-body"),
    "graphs": ("graph",),
    "upkeep": ("backup", "restore", "forget", "pair"),
    "candidates": ("candidates",),
    "appointments": ("appoint", "decisions", "waivers"),
    "profiles": ("profiles",),
    "law": ("law",),
    "accounts": ("account",),
    "audit": ("audit",),
}
"""The module of each command, in the order of `--help`: only that of the command asked for is imported."""
