"""What people type, which node it has to find, by what, and what was met beside the name."""

from __future__ import annotations

DOCUMENTED = [
    ("雁棲湖小區業委會", "oc-430407-yanqihu", "own_name", None),
    ("育才路社區黨委", "po-630102-yucailu", "own_name", None),
    ("示例小区００１", "q-990101-001", "own_name", None),
    ("星河丹堤", "q-441303-xinghedandi", "own_name", None),
    ("星河丹堤社区", "q-441303-xinghedandi", "without_suffix", None),
    ("石龙溪党总支", "po-511702-shilongxi", "without_suffix", None),
    ("淡水街道办事处", "441303001000", "same_word", "淡水街道"),
    ("马王巷 业主委员会", "oc-430407-mawangxiang", "same_word", "业委会"),
    ("大党委", "po-441303-xinghe", "kind", "大党委（大工委）：是"),
    ("一肩挑", "k-430407-unified-post", "own_name", None),
    ("一人担任两职", "k-430407-unified-post", "same_word", "一肩挑"),
    ("安置小区", "q-990101-003", "kind", "类型：安置小区"),
    ("白云 大党委", "po-441303-baiyun", "kind", "大党委（大工委）：是"),
    ("律师", "k-511702-yizhanshi-tiaojie", "kind", "参与方：律师"),
    ("Laiyanta choir", "t-430407-laiyanta-choir", "other_name", None),
    (
        "红马甲",
        "t-430211-huachenyuyuan-xunluo",
        "said",
        "小区党员自发成立，身穿“红马甲”常态化巡逻，发现和解决小区问题；人数未载明",
    ),
    ("民情收集员", "k-630102-member-roles", "said", "民情收集员"),
    ("430407", "430407000000", "number", "430407000000"),
    ("430407000000", "430407000000", "number", "430407000000"),
    ("Ｑ－９９０１０１－００１", "q-990101-001", "number", "q-990101-001"),
    ("po-441303-baiyun", "po-441303-baiyun", "number", "po-441303-baiyun"),
    ("mawangxiangxiaoqu", "q-430407-mawangxiang", "pinyin", None),
    ("lushanlian", "q-430211-lushanlian", "pinyin", None),
    ("mwxxq", "q-430407-mawangxiang", "initials", None),
    ("515gongzuofa", "c-430211-515-fuwu", "pinyin", None),
]
