"""The conflict cases of the surveyed communities: who holds what, and what nine rules answer.

In `worked_example`, data only, part of `cases`. Quarters 1-5 lie in a community whose general
branch (党总支) has three part-time members: S of 1, S of 3, P of 4; 6-10 in one without.
"""

from __future__ import annotations

from datetime import date

from worked_example.scenes import Actor, Job, Scene, expect

SURVEYED: tuple[Scene, ...] = (
    Scene(
        1,
        "书记不是业主，业委会主任不是党员",
        "secretary not an owner, chair not a Party member; nobody could fill R19's seat",
        (
            Actor(
                "S",
                "full",
                False,
                {
                    "branch": "secretary",
                    "committee": {"role": "part_time_member", "paid": False, "capacity": "resident_member"},
                },
            ),
            Actor("C", "none", True, {"owners": "chair"}),
        ),
        (
            expect("R14", "pass", "C.owners"),
            expect("R15", "fail", "owners"),
            expect("R17", "not_possible"),
            expect("R18", "not_possible"),
            expect("R19", "not_possible"),
            expect("R20", "fail"),
            expect("R27", "pass", "C.owners"),
            expect("R30", "pass", "S.committee"),
        ),
        fill=("full", "full", "none", "none"),
        at_joint_meeting=("branch", "owners"),
    ),
    Scene(
        2,
        "五人三党员，恰好达到六成",
        "committee of 5 with 3 Party members, exactly 3/5; a two-committee member owns a home",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": "chair"}),
            Actor("D", "full", True, {"committee": "deputy_secretary"}),
        ),
        (
            expect("R15", "pass", "owners"),
            expect("R17", "not_possible"),
            expect("R18", "fail"),
            expect("R19", "fail"),
            expect("R20", "fail"),
        ),
        fill=("full", "full", "none", "none"),
    ),
    Scene(
        3,
        "物业经理任业委会委员",
        "property manager M sits on the committee: not a link of R20; part-time post of S paid",
        (
            Actor(
                "S",
                "full",
                True,
                {
                    "branch": "secretary",
                    "committee": {"role": "part_time_member", "paid": True, "pay_basis": "subsidy"},
                },
            ),
            Actor("C", "full", True, {"owners": "chair", "branch": "committee_member"}),
            Actor("M", "none", True, {"owners": "member", "project": "project_manager"}, Job("firm3")),
            Actor("K1", "full", True, {"committee": "secretary", "residents": "director"}),
        ),
        (
            expect("R14", "pass", "M.owners"),
            expect("R15", "fail", "owners"),
            expect("R17", "fail"),
            expect("R18", "pass"),
            expect("R19", "fail"),
            expect("R20", "fail"),
            expect("R27", "fail", "M", "M.owners"),
            expect("R29", "fail", "M", "quarter"),
            expect("R30", "fail", "S.committee"),
        ),
        fill=("full", "none", "none"),
    ),
    Scene(
        4,
        "社区干部兼任委员和代管物业经理，不取酬",
        "cadre K on the residents' committee, the owners' committee and unpaid manager",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "chair"}),
            Actor(
                "K",
                "full",
                True,
                {
                    "residents": "member",
                    "owners": {"role": "member", "concurrent": True, "paid": False},
                    "project": {"role": "project_manager", "concurrent": True, "paid": False},
                },
            ),
            Actor("P", "full", False, {"committee": {"role": "part_time_member", "capacity": "police"}}),
        ),
        (
            expect("R15", "pass", "owners"),
            expect("R17", "pass"),
            expect("R18", "pass"),
            expect("R19", "pass"),
            expect("R20", "fail"),
            expect("R29", "fail", "K", "quarter"),
            expect("R30", "pass", "K.project"),
            expect("R30", "unknown", "P.committee"),
        ),
        fill=("full", "none", "none"),
        operator="rc",
    ),
    Scene(
        5,
        "社区干部兼任代管物业经理并取酬；小区无党支部",
        "cadre K is paid as manager; the quarter is known to have no branch",
        (
            Actor("C", "none", True, {"owners": "chair"}),
            Actor(
                "K",
                "full",
                True,
                {
                    "residents": "deputy_director",
                    "owners": {"role": "member", "concurrent": True, "paid": False},
                    "project": {
                        "role": "project_manager",
                        "concurrent": True,
                        "paid": True,
                        "pay_basis": "employer",
                    },
                },
            ),
        ),
        (
            expect("R15", "fail", "owners"),
            expect("R17", "not_applicable"),
            expect("R18", "not_applicable"),
            expect("R19", "pass"),
            expect("R20", "not_applicable"),
            expect("R29", "fail", "K", "quarter"),
            expect("R30", "fail", "K.project"),
        ),
        fill=("none", "none", "none"),
        branch=None,
        operator="rc",
    ),
    Scene(
        6,
        "七人四党员；书记主任一肩挑；物业经理进支委",
        "committee of 7 with 4 Party members: fails 3/5, would pass 1/2; two links of R20",
        (
            Actor("A", "full", True, {"branch": "secretary", "owners": "chair"}),
            Actor(
                "M", "full", False, {"branch": "committee_member", "project": "project_manager"}, Job("firm3")
            ),
        ),
        (
            expect("R15", "fail", "owners"),
            expect("R17", "pass"),
            expect("R18", "pass"),
            expect("R19", "not_possible"),
            expect("R20", "pass"),
            expect("R27", "pass", "A.owners"),
        ),
        fill=("full", "full", "full", "none", "none", "none"),
        seats=7,
    ),
    Scene(
        7,
        "支部七名党员而无支委会",
        "branch of 7 members without a committee (R04); nobody crosses",
        (
            Actor("S", "full", True, {"branch": "secretary"}),
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("K1", "full", True, {"committee": "secretary"}),
        ),
        (
            expect("R15", "fail", "owners"),
            expect("R17", "fail"),
            expect("R18", "fail"),
            expect("R19", "fail"),
            expect("R20", "fail"),
        ),
        fill=("full", "full", "none", "none"),
        branch_members=6,
    ),
    Scene(
        8,
        "支部六名党员；书记任普通委员；业委会与物业同席联席会议",
        "branch of 6 members (R04 silent); secretary an ordinary member of the committee",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "member"}),
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("D", "none", True, {"residents": "director", "owners": "member"}),
        ),
        (
            expect("R15", "pass", "owners"),
            expect("R17", "fail"),
            expect("R18", "pass"),
            expect("R19", "pass"),
            expect("R20", "pass"),
        ),
        fill=("full", "full"),
        branch_members=5,
        at_joint_meeting=("owners", "project"),
    ),
    Scene(
        9,
        "支部任期至2025-06-30，批准延期十四个月；三条连接齐全",
        "term ends 2025-06-30, extension of 14 months (R07); all three links of R20",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "vice_chair"}),
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("W", "full", False, {"branch": "committee_member"}, Job("firm3")),
        ),
        (
            expect("R15", "fail", "owners"),
            expect("R17", "fail"),
            expect("R18", "pass"),
            expect("R19", "not_possible"),
            expect("R20", "pass"),
        ),
        fill=("full", "none", "none"),
        at_joint_meeting=("branch", "owners", "project"),
        branch_term={
            "elected_on": date(2022, 7, 1),
            "term_until": date(2025, 7, 1),
            "extended_until": date(2026, 9, 1),
            "extension_approved_by": "示例一街道党工委",
        },
    ),
    Scene(
        10,
        "非业主委员、单位业主代表、关联企业职工、入股委员、物业员工任监督委员",
        "tenant T, unit representative V, A employed by the parent firm, H holds shares, "
        "B staff and supervisor",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": "chair", "branch": "deputy_secretary"}),
            Actor("T", "none", False, {"owners": "member"}),
            Actor(
                "V",
                "none",
                False,
                {"owners": {"role": "member", "capacity": "unit_owner_representative"}},
                Job("unit1"),
            ),
            Actor("A", "full", True, {"owners": "member"}, Job("firm1")),
            Actor("H", "none", True, {"owners": "member"}, Job("firm2", "shareholder")),
            Actor("B", "full", True, {"supervision": "member", "project": "staff"}, Job("firm2")),
        ),
        (
            expect("R14", "fail", "T.owners"),
            expect("R14", "pass", "V.owners"),
            expect("R15", "fail", "owners"),
            expect("R17", "not_possible"),
            expect("R18", "pass"),
            expect("R19", "not_possible"),
            expect("R20", "fail"),
            expect("R27", "fail", "A", "A.owners"),
            expect("R27", "fail", "H", "H.owners"),
            expect("R29", "fail", "B", "quarter"),
        ),
        fill=("none", "none"),
        seats=7,
        operator="firm2",
    ),
)
