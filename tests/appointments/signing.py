"""Proposals with who decides them and why."""

from __future__ import annotations

from datetime import date

from graph.appointments.decide import Excuse, Signature

FAR = date(2026, 6, 30)


def signed(*findings: str, until: date = FAR) -> Signature:
    """A signature that waives these findings."""
    excuses = tuple(Excuse(finding=f, reason="测试", until=until) for f in findings)
    return Signature(decided_by="示例科", reason="换届", waivers=excuses)
