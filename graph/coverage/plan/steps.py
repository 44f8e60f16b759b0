"""A closing plan in words: steps with their effect, and what stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.coverage.plan.choose import Choice, Invitation, OpenNeed
from graph.coverage.plan.shapes import Closed, InviteStep, Left, MatchStep, Planned
from graph.coverage.shapes import State
from graph.model.vocabulary import ResourceCategory
from graph.store import Row

States = Mapping[tuple[Planned, str], State]
"""State by dimension and subject, of what is not covered."""


class PlanWords:
    """Steps and leftovers in words, with names."""

    def __init__(
        self, needs: Sequence[Row], units: Sequence[Row], resources: Mapping[str, Row], states: States
    ) -> None:
        self._needs = {row["need"]: row for row in needs}
        self._units = {(row["unit"], row["committee"]): row for row in units}
        self._resources, self._states = resources, states

    def steps(self, choice: Choice) -> list[InviteStep | MatchStep]:
        """Invitations first, then matches; numbered from 1."""
        invited = [self._invite(choice, n, i) for n, i in enumerate(choice.invitations, 1)]
        numbers = {i: n for n, i in enumerate(choice.invitations, 1)}
        matched = [
            self._match(choice, n, need, numbers) for n, need in enumerate(choice.matches, len(invited) + 1)
        ]
        return [*invited, *matched]

    def closed(self, choice: Choice) -> list[tuple[Planned, str]]:
        """What the plan closes, by dimension and subject."""
        needs: list[tuple[Planned, str]] = [("resource_match", n) for n in choice.matches]
        filled: list[tuple[Planned, str]] = [("big_committee", c) for c in choice.filled]
        return [key for key in [*needs, *filled] if key in self._states]

    def left(self, choice: Choice, gaps: Sequence[OpenNeed]) -> list[Left]:
        """Needs and committees that stay open, with the reason."""
        left: list[Left] = []
        for need in gaps:
            if need.id not in choice.matches:
                zh, en = self._why(need)
                left.append(
                    {
                        "dimension": "resource_match",
                        "subject": need.id,
                        "name": self._needs[need.id]["name"],
                        "state": self._states["resource_match", need.id],
                        "reason_zh": zh,
                        "reason_en": en,
                    }
                )
        for (dimension, subject), state in self._states.items():
            if dimension == "big_committee" and subject not in choice.filled:
                left.append(
                    {
                        "dimension": dimension,
                        "subject": subject,
                        "name": None,
                        "state": state,
                        "reason_zh": "没有记录可邀请的单位位于或服务于本社区。",
                        "reason_en": "no unit that could be invited is on record as based "
                        "in or serving this community.",
                    }
                )
        return left

    def _why(self, need: OpenNeed) -> tuple[str, str]:
        if not self._needs[need.id]["wanted"]:
            return "没有记录哪类资源可以对接。", "what would meet it is not on record."
        if not need.wanted:
            return ("没有记录到在提供的相应资源。", "no resource of the kind is on record as offered.")
        zh = "相应资源已满，或其提供者不在可邀请范围。"
        return zh, "such resources are full, or their providers cannot be invited."

    def _closes(self, dimension: Planned, subject: str) -> list[Closed]:
        state = self._states.get((dimension, subject))
        return [{"dimension": dimension, "subject": subject, "state": state}] if state else []

    def _invite(self, choice: Choice, step: int, invitation: Invitation) -> InviteStep:
        row = self._units[invitation.unit, invitation.committee]
        closes = self._closes("big_committee", invitation.fills) if invitation.fills else []
        for need, resource in choice.matches.items():
            if self._by(choice, need, resource) is invitation:
                closes += self._closes("resource_match", need)
        return {
            "step": step,
            "kind": "invite",
            "unit": row["unit"],
            "unit_name": row["unit_name"],
            "committee": row["committee"],
            "committee_name": row["committee_name"],
            "community": row["community"],
            "closes": closes,
            "sentence_zh": f"邀请“{row['unit_name']}”加入“{row['committee_name']}”大党委，"
            f"可消除 {len(closes)} 处缺口或未知。",
            "sentence_en": f"invite {row['unit_name']} to the big Party committee of "
            f"{row['committee_name']}: closes {len(closes)}.",
        }

    def _match(self, choice: Choice, step: int, need: str, numbers: Mapping[Invitation, int]) -> MatchStep:
        resource = choice.matches[need]
        invitation = self._by(choice, need, resource)
        by_step = None if invitation is None else numbers[invitation]
        row, offered = self._needs[need], self._resources[resource]
        category = {c.value: c.zh for c in ResourceCategory}[offered["category"]]
        after = "" if by_step is None else f"（在第 {by_step} 步之后）"
        after_en = "" if by_step is None else f" (after step {by_step})"
        return {
            "step": step,
            "kind": "match",
            "need": need,
            "need_name": row["name"],
            "resource": resource,
            "resource_name": offered["name"],
            "provider": offered["provider"],
            "provider_name": offered["provider_name"],
            "by_step": by_step,
            "closes": self._closes("resource_match", need),
            "sentence_zh": f"以“{offered['provider_name']}”的“{offered['name']}”（{category}）"
            f"对接“{row['name']}”{after}。",
            "sentence_en": f"match {row['name']} with {offered['name']} of "
            f"{offered['provider_name']}{after_en}.",
        }

    def _by(self, choice: Choice, need: str, resource: str) -> Invitation | None:
        """The invitation over which a match goes; None where a tie is there today."""
        row = self._needs[need]
        if resource in row["resources"]:
            return None
        return next(
            i for i in choice.invitations if resource in i.resources and i.committee in row["committees"]
        )
