"""The conflict cases, placed by hand: who holds what in which quarter, and what nine rules answer.

In `worked_example`, data only. Quarters 1-10 (`cases_surveyed`) lie in two communities whose
register is complete, 11-15 in one with an older, partial survey, 16-20 in one no one surveyed.
"""

from __future__ import annotations

from datetime import date

from worked_example.cases_surveyed import SURVEYED
from worked_example.scenes import Actor, Job, Scene, expect

_PARTLY = (
    Scene(
        11,
        "委员房产未登记；两委成员进业委会",
        "homes are not surveyed: member N unknown; a two-committee member sits on the committee",
        (
            Actor("S", "full", True, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": "chair"}),
            Actor("N", "none", False, {"owners": "member"}),
            Actor("R", "full", True, {"committee": "committee_member", "owners": "member"}),
        ),
        (
            expect("R14", "pass", "C.owners"),
            expect("R14", "unknown", "N.owners"),
            expect("R15", "pass", "owners"),
            expect("R17", "fail"),
            expect("R18", "fail"),
            expect("R19", "pass"),
            expect("R27", "unknown", "C.owners"),
        ),
        fill=("full", "none"),
    ),
    Scene(
        12,
        "一名委员党员身份不明，占比无法判定",
        "party status of U not known: the share lies between 2/5 and 3/5; pay of C not known",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": {"role": "chair", "concurrent": True}}),
            Actor("U", None, True, {"owners": "member"}),
            Actor("Q", "full", True, {"committee": "deputy_secretary"}),
        ),
        (expect("R15", "unknown", "owners"), expect("R19", "fail"), expect("R30", "unknown", "C.owners")),
        fill=("full", "none", "none"),
    ),
    Scene(
        13,
        "占比上限仍不足；业主大会同意的津贴；公职人员取酬",
        "share fails even at its upper bound; allowance of a non-official; paid public employee E",
        (
            Actor(
                "C",
                "none",
                True,
                {
                    "owners": {
                        "role": "chair",
                        "concurrent": True,
                        "paid": True,
                        "pay_basis": "owners_assembly",
                    }
                },
                public_post="none",
            ),
            Actor(
                "E",
                None,
                True,
                {
                    "owners": {
                        "role": "member",
                        "concurrent": True,
                        "paid": True,
                        "pay_basis": "owners_assembly",
                    }
                },
                public_post="public_employee",
            ),
        ),
        (
            expect("R15", "fail", "owners"),
            expect("R19", "fail"),
            expect("R30", "pass", "C.owners"),
            expect("R30", "fail", "E.owners"),
        ),
        fill=("full", "none", "none"),
    ),
    Scene(
        14,
        "已知未成立业委会",
        "known to have no committee: the cross-appointment rules do not apply",
        (Actor("S", "full", True, {"branch": "secretary"}),),
        tuple(expect(rule, "not_applicable") for rule in ("R17", "R18", "R19", "R20")),
        owners=None,
        operator="firm4",
    ),
    Scene(
        15,
        "冲突已于2024年底结束；主任第二次任职",
        "J left the firm at the end of 2024 (R27 fails on 2024-06-30); second spell of the chair",
        (
            Actor("C", "full", True, {"owners": {"role": "chair", "spell": 2}}),
            Actor(
                "J",
                "none",
                True,
                {"owners": "member"},
                Job("firm4", until=date(2025, 1, 1)),
                complete=("employment",),
            ),
        ),
        (
            expect("R15", "pass", "owners"),
            expect("R27", "pass", "J.owners"),
            expect("R27", "unknown", "C.owners"),
        ),
        fill=("full", "full", "none"),
        owners_since=date(2019, 3, 1),
        operator="firm4",
    ),
)

_NOT_SURVEYED = (
    Scene(
        16,
        "未排查：缺失不等于没有",
        "nothing is surveyed: what is missing is unknown; seats 5, three recorded",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "none", False, {"owners": "chair"}),
            Actor("Z", "full", False, {"committee": "secretary"}),
        ),
        (
            expect("R14", "unknown", "C.owners"),
            expect("R15", "unknown", "owners"),
            expect("R17", "unknown"),
            expect("R18", "unknown"),
            expect("R19", "unknown"),
            expect("R20", "unknown"),
            expect("R27", "unknown", "C.owners"),
        ),
        fill=("full", "none"),
        operator="firm4",
    ),
    Scene(
        17,
        "个别登记：本小区无业委会",
        "only this quarter is registered as having no committee",
        (Actor("S", "full", True, {"branch": "secretary"}),),
        tuple(expect(rule, "not_applicable") for rule in ("R17", "R18", "R19", "R20")),
        owners=None,
        operator=None,
        closed=("owners_committee",),
    ),
    Scene(
        18,
        "一无所知的小区",
        "nothing recorded at all",
        (),
        tuple(expect(rule, "unknown") for rule in ("R17", "R18", "R19", "R20")),
        branch=None,
        owners=None,
        operator=None,
    ),
    Scene(
        19,
        "物管会代行职责；联合党支部",
        "interim committee; joint branch together with the next quarter",
        (
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("R", "full", False, {"residents": "director", "owners": "member"}),
        ),
        fill=("none", "none", "none"),
        branch="joint_branch",
        shared_with=20,
        owners="property_management_committee",
        operator="firm4",
    ),
    Scene(
        20,
        "未排查也能判定：一肩挑成立，委员受雇于物业",
        "found is found without any survey: same person in both posts, X employed by the operator",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "chair"}),
            Actor("X", "none", True, {"owners": "member"}, Job("firm4")),
        ),
        (
            expect("R15", "fail", "owners"),
            expect("R17", "pass"),
            expect("R18", "pass"),
            expect("R27", "fail", "X", "X.owners"),
        ),
        fill=("full", "none", "none"),
        branch=None,
        operator="firm4",
    ),
)

SCENES: tuple[Scene, ...] = (*SURVEYED, *_PARTLY, *_NOT_SURVEYED)
