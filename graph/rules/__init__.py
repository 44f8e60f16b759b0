"""Rules: which rule runs where (`runs`), its verdicts (`check`), and their sentences (`sentences`)."""
