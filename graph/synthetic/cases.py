"""The conflict cases, placed by hand: who holds what in which quarter, and what nine rules answer.

In `graph.synthetic`, data only. Quarters 1-10 lie in two communities whose register is complete,
11-15 in one with an older, partial survey, 16-20 in one that nobody surveyed.
"""

from __future__ import annotations

from datetime import date

from graph.synthetic.scenes import Actor, Job, Scene, expect

_SURVEYED = (
    Scene(
        1, "书记不是业主，业委会主任不是党员",
        "secretary not an owner, chair not a Party member (2.6 no. 1); no candidate for R19",
        (
            Actor("S", "full", False, {
                "branch": "secretary",
                "committee": {"role": "part_time_member", "paid": False,
                              "capacity": "resident_member"}}),
            Actor("C", "none", True, {"owners": "chair"}),
        ),
        (
            expect("R14", "pass", "C.owners"), expect("R15", "fail", "owners"),
            expect("R17", "not_possible"), expect("R18", "not_possible"),
            expect("R19", "not_possible"), expect("R20", "fail"),
            expect("R27", "pass", "C.owners"), expect("R30", "pass", "S.committee"),
        ),
        fill=("full", "full", "none", "none"), at_joint_meeting=("branch", "owners"),
    ),
    Scene(
        2, "五人三党员，恰好达到六成",
        "committee of 5 with 3 Party members, exactly 3/5 (no. 5); a candidate for R19",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": "chair"}),
            Actor("D", "full", True, {"committee": "deputy_secretary"}),
        ),
        (
            expect("R15", "pass", "owners"), expect("R17", "not_possible"),
            expect("R18", "fail"), expect("R19", "fail"), expect("R20", "fail"),
        ),
        fill=("full", "full", "none", "none"),
    ),
    Scene(
        3, "物业经理任业委会委员",
        "property manager M sits on the committee (no. 2): not a link of R20; part-time post paid",
        (
            Actor("S", "full", True, {
                "branch": "secretary",
                "committee": {"role": "part_time_member", "paid": True, "pay_basis": "subsidy"}}),
            Actor("C", "full", True, {"owners": "chair", "branch": "committee_member"}),
            Actor("M", "none", True, {"owners": "member", "project": "project_manager"},
                  Job("firm3")),
            Actor("K1", "full", True, {"committee": "secretary", "residents": "director"}),
        ),
        (
            expect("R14", "pass", "M.owners"), expect("R15", "fail", "owners"),
            expect("R17", "fail"), expect("R18", "pass"), expect("R19", "fail"),
            expect("R20", "fail"), expect("R27", "fail", "M", "M.owners"),
            expect("R29", "fail", "M", "quarter"), expect("R30", "fail", "S.committee"),
        ),
        fill=("full", "none", "none"),
    ),
    Scene(
        4, "社区干部兼任委员和代管物业经理，不取酬",
        "cadre K on the residents' committee, the owners' committee and unpaid manager (no. 3)",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "chair"}),
            Actor("K", "full", True, {
                "residents": "member",
                "owners": {"role": "member", "concurrent": True, "paid": False},
                "project": {"role": "project_manager", "concurrent": True, "paid": False}}),
            Actor("P", "full", False, {
                "committee": {"role": "part_time_member", "capacity": "police"}}),
        ),
        (
            expect("R15", "pass", "owners"), expect("R17", "pass"), expect("R18", "pass"),
            expect("R19", "pass"), expect("R20", "fail"), expect("R29", "fail", "K", "quarter"),
            expect("R30", "pass", "K.project"), expect("R30", "unknown", "P.committee"),
        ),
        fill=("full", "none", "none"), operator="rc",
    ),
    Scene(
        5, "社区干部兼任代管物业经理并取酬；小区无党支部",
        "cadre K is paid as manager (no. 4); the quarter is known to have no branch",
        (
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("K", "full", True, {
                "residents": "deputy_director",
                "owners": {"role": "member", "concurrent": True, "paid": False},
                "project": {"role": "project_manager", "concurrent": True, "paid": True,
                            "pay_basis": "employer"}}),
        ),
        (
            expect("R15", "fail", "owners"), expect("R17", "not_applicable"),
            expect("R18", "not_applicable"), expect("R19", "pass"),
            expect("R20", "not_applicable"), expect("R29", "fail", "K", "quarter"),
            expect("R30", "fail", "K.project"),
        ),
        fill=("none", "none", "none"), branch=None, operator="rc",
    ),
    Scene(
        6, "七人四党员；书记主任一肩挑；物业经理进支委",
        "committee of 7 with 4 Party members (no. 6): fails 3/5, would pass 1/2; two links of R20",
        (
            Actor("A", "full", True, {"branch": "secretary", "owners": "chair"}),
            Actor("M", "full", False, {"branch": "committee_member",
                                       "project": "project_manager"}, Job("firm3")),
        ),
        (
            expect("R15", "fail", "owners"), expect("R17", "pass"), expect("R18", "pass"),
            expect("R19", "not_possible"), expect("R20", "pass"),
            expect("R27", "pass", "A.owners"),
        ),
        fill=("full", "full", "full", "none", "none", "none"), seats=7,
    ),
    Scene(
        7, "支部七名党员而无支委会",
        "branch of 7 members without a committee (no. 7, R04); nobody crosses",
        (
            Actor("S", "full", True, {"branch": "secretary"}),
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("K1", "full", True, {"committee": "secretary"}),
        ),
        (
            expect("R15", "fail", "owners"), expect("R17", "fail"), expect("R18", "fail"),
            expect("R19", "fail"), expect("R20", "fail"),
        ),
        fill=("full", "full", "none", "none"), branch_members=6,
    ),
    Scene(
        8, "支部六名党员；书记任普通委员；业委会与物业同席联席会议",
        "branch of 6 members (no. 7, R04 silent); secretary an ordinary member of the committee",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "member"}),
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("D", "none", True, {"residents": "director", "owners": "member"}),
        ),
        (
            expect("R15", "pass", "owners"), expect("R17", "fail"), expect("R18", "pass"),
            expect("R19", "pass"), expect("R20", "pass"),
        ),
        fill=("full", "full"), branch_members=5, at_joint_meeting=("owners", "project"),
    ),
    Scene(
        9, "支部任期至2025-06-30，批准延期十四个月；三条连接齐全",
        "term ends 2025-06-30, extension of 14 months (no. 8, R07); all three links of R20",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "vice_chair"}),
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("W", "full", False, {"branch": "committee_member"}, Job("firm3")),
        ),
        (
            expect("R15", "fail", "owners"), expect("R17", "fail"), expect("R18", "pass"),
            expect("R19", "not_possible"), expect("R20", "pass"),
        ),
        fill=("full", "none", "none"), at_joint_meeting=("branch", "owners", "project"),
        branch_term={
            "elected_on": date(2022, 7, 1), "term_until": date(2025, 7, 1),
            "extended_until": date(2026, 9, 1), "extension_approved_by": "示例一街道党工委",
        },
    ),
    Scene(
        10, "非业主委员、单位业主代表、关联企业职工、入股委员、物业员工任监督委员",
        "tenant T, unit representative V, A employed by the parent firm, H holds shares, "
        "B staff and supervisor",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": "chair", "branch": "deputy_secretary"}),
            Actor("T", "none", False, {"owners": "member"}),
            Actor("V", "none", False, {
                "owners": {"role": "member", "capacity": "unit_owner_representative"}},
                Job("unit1")),
            Actor("A", "full", True, {"owners": "member"}, Job("firm1")),
            Actor("H", "none", True, {"owners": "member"}, Job("firm2", "shareholder")),
            Actor("B", "full", True, {"supervision": "member", "project": "staff"},
                  Job("firm2")),
        ),
        (
            expect("R14", "fail", "T.owners"), expect("R14", "pass", "V.owners"),
            expect("R15", "fail", "owners"), expect("R17", "not_possible"),
            expect("R18", "pass"), expect("R19", "not_possible"), expect("R20", "fail"),
            expect("R27", "fail", "A", "A.owners"), expect("R27", "fail", "H", "H.owners"),
            expect("R29", "fail", "B", "quarter"),
        ),
        fill=("none", "none"), seats=7, operator="firm2",
    ),
)  # fmt: skip

_PARTLY = (
    Scene(
        11, "委员房产未登记；两委成员进业委会",
        "homes are not surveyed: member N unknown; a two-committee member sits on the committee",
        (
            Actor("S", "full", True, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": "chair"}),
            Actor("N", "none", False, {"owners": "member"}),
            Actor("R", "full", True, {"committee": "committee_member", "owners": "member"}),
        ),
        (
            expect("R14", "pass", "C.owners"), expect("R14", "unknown", "N.owners"),
            expect("R15", "pass", "owners"), expect("R17", "fail"), expect("R18", "fail"),
            expect("R19", "pass"), expect("R27", "unknown", "C.owners"),
        ),
        fill=("full", "none"),
    ),
    Scene(
        12, "一名委员党员身份不明，占比无法判定",
        "party status of U not known: the share lies between 2/5 and 3/5; pay of C not known",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "full", True, {"owners": {"role": "chair", "concurrent": True}}),
            Actor("U", None, True, {"owners": "member"}),
            Actor("Q", "full", True, {"committee": "deputy_secretary"}),
        ),
        (
            expect("R15", "unknown", "owners"), expect("R19", "fail"),
            expect("R30", "unknown", "C.owners"),
        ),
        fill=("full", "none", "none"),
    ),
    Scene(
        13, "占比上限仍不足；业主大会同意的津贴；公职人员取酬",
        "share fails even at its upper bound; allowance of a non-official; paid public employee E",
        (
            Actor("C", "none", True, {
                "owners": {"role": "chair", "concurrent": True, "paid": True,
                           "pay_basis": "owners_assembly"}}, public_post="none"),
            Actor("E", None, True, {
                "owners": {"role": "member", "concurrent": True, "paid": True,
                           "pay_basis": "owners_assembly"}}, public_post="public_employee"),
        ),
        (
            expect("R15", "fail", "owners"), expect("R19", "unknown"),
            expect("R30", "pass", "C.owners"), expect("R30", "fail", "E.owners"),
        ),
        fill=("full", "none", "none"),
    ),
    Scene(
        14, "已知未成立业委会",
        "known to have no committee: the cross-appointment rules do not apply",
        (Actor("S", "full", True, {"branch": "secretary"}),),
        tuple(expect(rule, "not_applicable") for rule in ("R17", "R18", "R19", "R20")),
        owners=None, operator="firm4",
    ),
    Scene(
        15, "冲突已于2024年底结束；主任第二次任职",
        "J left the firm at the end of 2024 (R27 fails on 2024-06-30); second spell of the chair",
        (
            Actor("C", "full", True, {"owners": {"role": "chair", "spell": 2}}),
            Actor("J", "none", True, {"owners": "member"},
                  Job("firm4", until=date(2025, 1, 1)), complete=("employment",)),
        ),
        (
            expect("R15", "pass", "owners"), expect("R27", "pass", "J.owners"),
            expect("R27", "unknown", "C.owners"),
        ),
        fill=("full", "full", "none"), owners_since=date(2019, 3, 1), operator="firm4",
    ),
)  # fmt: skip

_NOT_SURVEYED = (
    Scene(
        16, "未排查：缺失不等于没有",
        "nothing is surveyed: what is missing is unknown; seats 5, three recorded",
        (
            Actor("S", "full", False, {"branch": "secretary"}),
            Actor("C", "none", False, {"owners": "chair"}),
            Actor("Z", "full", False, {"committee": "secretary"}),
        ),
        (
            expect("R14", "unknown", "C.owners"), expect("R15", "unknown", "owners"),
            expect("R17", "unknown"), expect("R18", "unknown"), expect("R19", "unknown"),
            expect("R20", "unknown"), expect("R27", "unknown", "C.owners"),
        ),
        fill=("full", "none"), operator="firm4",
    ),
    Scene(
        17, "个别登记：本小区无业委会",
        "only this quarter is registered as having no committee",
        (Actor("S", "full", True, {"branch": "secretary"}),),
        tuple(expect(rule, "not_applicable") for rule in ("R17", "R18", "R19", "R20")),
        owners=None, operator=None, closed=("owners_committee",),
    ),
    Scene(
        18, "一无所知的小区",
        "nothing recorded at all",
        (),
        tuple(expect(rule, "unknown") for rule in ("R17", "R18", "R19", "R20")),
        branch=None, owners=None, operator=None,
    ),
    Scene(
        19, "物管会代行职责；联合党支部",
        "interim committee; joint branch together with the next quarter",
        (
            Actor("C", "none", True, {"owners": "chair"}),
            Actor("R", "full", False, {"residents": "director", "owners": "member"}),
        ),
        fill=("none", "none", "none"), branch="joint_branch", shared_with=20,
        owners="property_management_committee", operator="firm4",
    ),
    Scene(
        20, "未排查也能判定：一肩挑成立，委员受雇于物业",
        "found is found without any survey: same person in both posts, X employed by the operator",
        (
            Actor("S", "full", True, {"branch": "secretary", "owners": "chair"}),
            Actor("X", "none", True, {"owners": "member"}, Job("firm4")),
        ),
        (
            expect("R15", "fail", "owners"), expect("R17", "pass"), expect("R18", "pass"),
            expect("R27", "fail", "X", "X.owners"),
        ),
        fill=("full", "none", "none"), branch=None, operator="firm4",
    ),
)  # fmt: skip

SCENES: tuple[Scene, ...] = (*_SURVEYED, *_PARTLY, *_NOT_SURVEYED)
"""Case 9 of the domain reference is the first community: three part-time members under a 总支."""
