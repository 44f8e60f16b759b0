"""Writes what stands beside a generated delivery: its questions and its README.

In `worked_example`, above `questions`.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from worked_example.delivery import Row
from worked_example.generate import Generated
from worked_example.questions import questions
from worked_example.scenes import Case

_INTRO = """\
# Worked example: an invented district

Everything here is generated (`synthetic = true`): no place, person, organization or firm exists.
Names say 示例, the district code 990101 is unassigned, the coordinates lie in the Bohai Sea.
Do not edit these files: `python -m worked_example` writes them, the same bytes for the same scale
and seed.

    python -m worked_example seed_data/worked_example
    python -m worked_example /tmp/large --subdistricts 30 --communities 300 \\
        --quarters 3000 --persons 100000

## The day to ask about: 2025-06-30

| day | what changes |
|---|---|
| 2024-09-01 | the owners' committee of 示例小区014 was dissolved: its gap begins |
| 2024-12-31 | an earlier survey: some lists of 示例社区03 and of others are complete from here on |
| 2025-01-01 | member J of 示例小区015 has left the firm; the class 四点半课堂 has ended |
| 2025-06-30 | the register 台账: communities 01 and 02 are complete in every list, so gaps show |
| 2025-07-01 | the term 任期 of the branch of 示例小区009 is over but for its extension |

Before these days the same gaps are unknown. Communities 01 and 02 (quarters 001-010) are surveyed
in full, 03 (011-015) in part, 04 (016-020) not at all; all others by chance. In 示例小区017 only
the owners' committee is registered as absent. Of the last two quarters no community is known.

## Coverage in three states

Every dimension is covered somewhere, a gap where a register is complete, unknown elsewhere.
By hand: 示例社区01 has an extended committee (大党委), interest groups, a mediation room, a
joint meeting of 2025-06-18. 示例社区02 has no such committee, group or room and met last in
January: gaps. In 示例社区04 the same is missing, and unknown.

## Needs and resources

| need | quarter | category | answer |
|---|---|---|---|
| n-990101-0001 | 001 | medical_need 就医义诊 | path: unit 001 co-builds with the community |
| n-990101-0002 | 002 | children 课后托管 | no path: the only offer ended 2025-01-01 |
| n-990101-0003 | 003 | legal_need 法律咨询 | path over the subdistrict: unit 003 |
| n-990101-0004 | 004 | property_dispute 业主与物业矛盾 | path: the community's own mediation room |
| n-990101-0005 | 006 | elderly 养老照料 | no path, and the lists are complete: a gap |
| n-990101-0006 | 007 | security_monitor 治安监控 | met by project pj-990101-001 |
| n-990101-0007 | 011 | parking 停车出行 | closed 2025-05-20 |
| n-990101-0008 | 016 | medical_need 就医义诊 | no path, nothing surveyed: unknown |
| n-990101-0009 | 018 | self_governance_failure 自治失效 | nothing would meet it (empty list) |

## Cases of appointment

Answers on 2025-06-30 under the profile `worked_example`. Beside the nine rules: the branch of
示例小区007 has seven members and no committee, that of 008 six; the branch of 009 has an approved
extension of fourteen months; the 党总支 of 示例社区01 has three part-time members; in 010 B is the
spouse of C and it is not disclosed, in 009 a relation is disclosed.
"""


def write_companions(made: Generated, folder: Path) -> None:
    """Write questions.toml and README.md into the folder of the delivery."""
    blocks = ["# Computed from the rows by worked_example.questions; the graph must agree.\n"]
    for question in questions(made):
        rows = "".join(f"  {_inline(row)},\n" for row in question.expect)
        blocks.append(
            "\n[[question]]\n"
            f"zh = {_value(question.zh)}\nen = {_value(question.en)}\n"
            f"query = {_value(question.query)}\nparams = {_inline(question.params)}\n"
            + (f"expect = [\n{rows}]\n" if rows else "expect = []\n")
            + (f"rows = {len(question.expect)}\n" if question.whole else "")
        )
    _write(folder / "questions.toml", "".join(blocks))
    _write(folder / "README.md", _INTRO + "".join(_section(case) for case in made.cases))


def _section(case: Case) -> str:
    lines = [f"\n### {case.quarter}: {case.zh}\n\n{case.en[0].upper()}{case.en[1:]}.\n"]
    if case.people:
        lines.append("\n" + ", ".join(f"{k} = {v}" for k, v in case.people.items()) + "\n")
    if case.verdicts:
        lines.append("\n| rule | verdict | ids in the row |\n|---|---|---|\n")
    for found in case.verdicts:
        ids = ", ".join(f"`{id_}`" for id_ in found.ids)
        lines.append(f"| {found.rule} | {found.verdict} | {ids} |\n")
    return "".join(lines)


def _inline(row: Row) -> str:
    return "{ " + ", ".join(f"{key} = {_value(value)}" for key, value in row.items()) + " }"


def _value(value: object) -> str:
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
