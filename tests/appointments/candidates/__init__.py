"""Who could fill the gaps of promotion rules: hand-made cases and drawn graphs."""
