"""Posts in the words that people use for them: 委员 of an owners' committee is its member.

Which post a word names follows from the body; a word alone often names several.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from graph.model.vocabulary import PostRole

_ALSO: dict[str, tuple[str, ...]] = {
    "secretary": ("党支部书记", "支部书记", "党委书记", "党总支书记"),
    "deputy_secretary": ("支部副书记", "党委副书记"),
    "committee_member": ("支委", "支部委员", "党委委员", "组织委员", "宣传委员", "纪检委员"),
    "group_leader": ("组长",),
    "director": ("居委会主任", "村委会主任"),
    "deputy_director": ("居委会副主任",),
    "member": ("业委会委员", "业委会成员", "居委会委员", "队员"),
    "chair": ("业委会主任", "主任委员", "主席"),
    "vice_chair": ("业委会副主任", "副主任委员", "副主席"),
    "alternate": ("候补",),
    "project_manager": ("项目经理", "经理", "项目主任", "物业负责人", "负责人"),
    "staff": ("工作人员", "职员"),
    "head": ("站长", "主任"),
    "leader": ("队长", "负责人", "法定代表人"),
    "grid_worker": ("专职网格员", "网格长"),
}


@cache
def words_of(post: str) -> frozenset[str]:
    """Every word for a post: its code, what the model calls it and what is in brackets there, others."""
    zh = PostRole[post].zh
    parts = [part for part in re.split("[（）、]", zh) if part]
    return frozenset({post, zh, *parts, *_ALSO.get(post, ())})


def posts_named(word: str, among: Collection[str]) -> list[str]:
    """The posts of a body that a word names."""
    return [post for post in among if word in words_of(post)]
