"""Rules: which rule runs where (`runs`), verdicts (`check`), their sentences, and the `law` under them."""
