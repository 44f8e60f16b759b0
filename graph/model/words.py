"""The Chinese words for codes in answers, each once: states, verdicts, severities, changes.

Programs get the code, people the word. Enumerations of the model have their words in `vocabulary`.
"""

from __future__ import annotations

STATES = {"covered": "已覆盖", "gap": "缺口", "unknown": "未知"}
VERDICTS = {
    "fail": "不符合",
    "not_possible": "条件不具备",
    "unknown": "未知",
    "pass": "符合",
    "not_applicable": "不适用",
}
"""In the order in which people look at them."""
WAIVED = "已豁免"
COUNTED = {"fail": VERDICTS["fail"], "waived": WAIVED, **VERDICTS}
"""The columns of a tally: verdicts, with the failing rows that are waived apart."""
SEVERITIES = {"violation": "违规", "warning": "提醒", "info": "提示"}
EFFECTS = {"appear": "将产生", "disappear": "将消除", "stay": "仍在"}
"""What a proposal does to a finding."""
CHANGES = {"new": "新增", "gone": "消除", "staying": "仍在", "changed": "其他结论变化"}
"""What became of a finding between two checks."""
CAUSES = {
    "occurred": "新发生",
    "established": "新查明",
    "appeared": "新对象",
    "resolved": "已整改",
    "obscured": "转为未知",
    "departed": "对象不再存在",
}
"""Why it became that: it happened, or is only known (or not known) now; see `reading.changes`."""
PAIRS = {
    "branch-committee": "党支部与业委会",
    "community-committee": "社区两委与业委会",
    "branch-property": "党支部与物业项目",
    "community-property": "社区党组织与物业项目",
}
"""Between which bodies of a quarter posts may cross."""
PATHS = {"found": "有通路", "none": "没有通路", "unknown": "未知"}
