"""Kills at random moments: what was acknowledged is there, nothing is there twice or by half."""
