"""Proposals, rehearsals, decisions and waivers."""
