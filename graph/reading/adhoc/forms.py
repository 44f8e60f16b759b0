"""Forms of Cypher that the embedded engine answers wrongly without an error; a table.

Each row is tested on the engine: when a new version answers an example rightly its test fails, and
the row goes. `dialect.py` looks for them in a query; no query of the catalogue has one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.reading.adhoc import aggregates, counted, filters, misread
from graph.reading.adhoc.outline import Outline
from graph.reading.adhoc.projections import Projections
from graph.reading.adhoc.scope import QueryReading

ENGINE = ("内置引擎（ArcadeDB 26.10.2）", "the embedded engine (ArcadeDB 26.10.2)")
"""The version in which every row was seen."""
Rows = list[list[Any]]
Finder = Callable[[Outline, QueryReading, Projections], int | None]
"""Gives the index of the token to point at, if a query has the form."""


@dataclass(frozen=True)
class WrongForm:
    """A form, an example on the graph of the tests, what comes, what is right, the way round."""

    name: str
    zh: str
    en: str
    find: Finder
    example: str
    seen: Rows
    right: Rows
    instead: str
    """The same question in a form that is answered rightly."""
    neo4j_refuses: bool = False


def _aggregate(find: Callable[[Projections], int | None]) -> Finder:
    return lambda outline, reading, found: find(found)


def _pattern(find: Callable[[Outline, QueryReading], int | None]) -> Finder:
    return lambda outline, reading, found: find(outline, reading)


QUARTER = "MATCH (q:Quarter {id: 'q-990101-01'})"
_SUBDISTRICT = "MATCH (a:Area {level: 'subdistrict'})"
_COMMUNITY = "MATCH (x:Area {level: 'community'})"
_ABOVE = f"{QUARTER}-[:PART_OF]->(x)"
_OPTIONAL = f"{QUARTER} OPTIONAL MATCH (q)-[:BASED_IN]->(x:Unit)"

FORMS: Sequence[WrongForm] = (
    WrongForm(
        "null_bound_anew",
        "可能为空的变量（来自 OPTIONAL MATCH 等）又出现在模式中，引擎会把它当作新变量；"
        "把它写成 MATCH 路径的第一个节点（表达式里的模式除外），或先 WITH … WHERE x IS NOT NULL",
        "a variable that may be null (of OPTIONAL MATCH, for instance) is in a pattern, where the engine "
        "takes it for a new one; begin a path of MATCH with it (not one in an expression) or put "
        "WITH … WHERE x IS NOT NULL before",
        _pattern(misread.null_bound_anew),
        f"{_OPTIONAL} OPTIONAL MATCH (q)-[:PART_OF]->(x) RETURN count(x) AS n",
        [[2]],
        [[0]],
        f"{_OPTIONAL} OPTIONAL MATCH (x)<-[:PART_OF]-(q) RETURN count(x) AS n",
    ),
    WrongForm(
        "forgotten_in_subquery",
        "子查询（COUNT、EXISTS、COLLECT、CALL）中 WITH 之后又用到外层变量：引擎已丢失该变量，"
        "模式会把它当作新变量；把它写进 WITH",
        "a subquery (COUNT, EXISTS, COLLECT, CALL) names a variable of the outer query after a WITH without "
        "it: the engine has lost it, and a pattern takes it for a new one; carry it through the WITH",
        _pattern(misread.forgotten),
        f"{QUARTER} RETURN COUNT {{ UNWIND [1] AS x WITH x MATCH (q)-[:PART_OF]->(a) RETURN a }} AS n",
        [[4]],
        [[2]],
        f"{QUARTER} RETURN COUNT {{ UNWIND [1] AS x WITH q, x MATCH (q)-[:PART_OF]->(a) RETURN a }} AS n",
    ),
    WrongForm(
        "optional_count",
        "OPTIONAL MATCH 一条带标签（或边上有条件、否定类型）的关系，紧接 WITH … count(x)："
        "引擎数该节点的全部关系，不看标签和条件；用 COUNT { … }，或先 WITH a, x",
        "OPTIONAL MATCH of one edge to a label (or with a condition on the edge, or a negated type), then "
        "WITH … count(x): the engine counts all edges of the node and looks at neither; use COUNT { … }, "
        "or put WITH a, x before",
        _pattern(counted.optional_match),
        f"{_SUBDISTRICT} OPTIONAL MATCH (a)<-[:PART_OF]-(q:Quarter) WITH a, count(q) AS n RETURN n",
        [[2]],
        [[1]],
        f"{_SUBDISTRICT} RETURN COUNT {{ (a)<-[:PART_OF]-(:Quarter) }} AS n",
    ),
    WrongForm(
        "count_of_same_node",
        "节点到自身的关系（(a)-[]->(a)）在 RETURN 中分组计数：引擎数该节点的全部关系；"
        "给另一端另一个名字并用 WHERE 比较",
        "an edge from a node to itself, (a)-[]->(a), counted by groups in RETURN: the engine counts all "
        "edges of the node; name the other end otherwise and compare in WHERE",
        _pattern(counted.same_node),
        "MATCH (q:Quarter)-[:PART_OF]->(q) RETURN q.id AS q, count(*) AS n",
        [["q-990101-01", 2]],
        [],
        "MATCH (q:Quarter)-[:PART_OF]->(x) WHERE x = q RETURN q.id AS q, count(*) AS n",
    ),
    WrongForm(
        "count_of_conditioned_edge",
        "关系方括号内的 WHERE 或否定类型（[r:T WHERE …]、[:!T]）在 RETURN 分组计数时被忽略；"
        "写到 MATCH 的 WHERE 中",
        "WHERE in the brackets of an edge, or a negated type ([r:T WHERE …], [:!T]), is passed over when "
        "RETURN counts by groups; put it into the WHERE of MATCH",
        _pattern(counted.conditioned_edge),
        "MATCH (q:Quarter)-[r:PART_OF WHERE r.spell > 1]->(a) RETURN q.id AS q, count(a) AS n",
        [["q-990101-01", 2]],
        [["q-990101-01", 1]],
        "MATCH (q:Quarter)-[r:PART_OF]->(a) WHERE r.spell > 1 RETURN q.id AS q, count(a) AS n",
    ),
    WrongForm(
        "count_after_call",
        "MATCH 一条关系、CALL、再在 RETURN 中分组计数：引擎数关系，不数 CALL 给出的行；用 WITH 计数",
        "MATCH of one edge, CALL, and a count by groups in RETURN: the engine counts edges and not the "
        "rows that CALL gives; count in WITH",
        _pattern(counted.called_between),
        "MATCH (q:Quarter)-[:PART_OF]->(a) CALL (a) { UNWIND [1, 2] AS x RETURN x } "
        "RETURN q.id AS q, count(*) AS n",
        [["q-990101-01", 2]],
        [["q-990101-01", 4]],
        "MATCH (q:Quarter)-[:PART_OF]->(a) CALL (a) { UNWIND [1, 2] AS x RETURN x } "
        "WITH q.id AS q, count(*) AS n RETURN q, n",
    ),
    WrongForm(
        "aggregate_in_map_projection",
        "映射投影（n {…}）中的聚合",
        "an aggregate in a map projection (n {…})",
        _aggregate(aggregates.in_map_projection),
        "MATCH (a:Area {level: 'subdistrict'})<-[:PART_OF]-(b) WITH a, b "
        "RETURN a.id AS a, a {.level, n: count(b)} AS r",
        [["990101001000", {"level": "subdistrict", "n": 1}]],
        [["990101001000", {"level": "subdistrict", "n": 2}]],
        "MATCH (a:Area {level: 'subdistrict'})<-[:PART_OF]-(b) WITH a, count(b) AS n "
        "RETURN a.id AS a, a {.level, n: n} AS r",
        neo4j_refuses=True,
    ),
    WrongForm(
        "aggregate_in_map",
        "映射 {…} 中聚合外还有函数、比较或 CASE",
        "an aggregate in a map {…}, with a function, a comparison or CASE around it",
        _aggregate(aggregates.in_map),
        "UNWIND [1, 2] AS x RETURN {n: size(collect(x))} AS r",
        [[{"n": None}], [{"n": None}]],
        [[{"n": 2}]],
        "UNWIND [1, 2] AS x WITH size(collect(x)) AS n RETURN {n: n} AS r",
    ),
    WrongForm(
        "aggregate_in_list_body",
        "列表推导、any/all/none/single 或 reduce 对每个元素计算聚合",
        "an aggregate computed for each element of a list (comprehension, any/all/none/single, reduce)",
        _aggregate(aggregates.in_list_body),
        "UNWIND [1, 2] AS x RETURN [y IN [1, 2] WHERE y = max(x)] AS r",
        [[]],
        [[[2]]],
        "UNWIND [1, 2] AS x WITH max(x) AS m RETURN [y IN [1, 2] WHERE y = m] AS r",
        neo4j_refuses=True,
    ),
    WrongForm(
        "aggregate_in_predicate",
        "聚合位于 IS NULL、NOT、IN、AND、OR、XOR、STARTS WITH、ENDS WITH、CONTAINS、=~ 或 :: 之中",
        "an aggregate under IS NULL, NOT, IN, AND, OR, XOR, STARTS WITH, ENDS WITH, CONTAINS, =~ or ::",
        _aggregate(aggregates.in_predicate),
        "UNWIND [1, 2] AS x RETURN max(x) IS NULL AS r",
        [[True], [True]],
        [[False]],
        "UNWIND [1, 2] AS x WITH max(x) AS m RETURN m IS NULL AS r",
    ),
    WrongForm(
        "aggregate_in_slice",
        "列表切片 […..…] 的界中有聚合",
        "an aggregate as a bound of a slice […..…]",
        _aggregate(aggregates.in_slice),
        "UNWIND [1, 2] AS x RETURN [7, 8, 9][..count(*)] AS r",
        [[]],
        [[[7, 8]]],
        "UNWIND [1, 2] AS x WITH count(*) AS n RETURN [7, 8, 9][..n] AS r",
    ),
    WrongForm(
        "property_of_aggregate",
        "直接取聚合结果的属性（max(d).year）",
        "a property of an aggregate (max(d).year)",
        _aggregate(aggregates.property_of),
        "UNWIND [date('2024-05-01')] AS d RETURN max(d).year AS r",
        [[]],
        [[2024]],
        "UNWIND [date('2024-05-01')] AS d WITH max(d) AS m RETURN m.year AS r",
    ),
    WrongForm(
        "aggregate_beside_ungrouped",
        "聚合旁的变量不是单独的返回项，引擎会任取一行的值",
        "an aggregate beside a variable that is no item of its own: the engine takes any row's value",
        _aggregate(aggregates.beside_ungrouped),
        "UNWIND [1, 2] AS x RETURN [x, count(*)] AS r",
        [[[1, 2]]],
        [[[1, 1]], [[2, 1]]],
        "UNWIND [1, 2] AS x WITH x, count(*) AS n RETURN [x, n] AS r",
        neo4j_refuses=True,
    ),
    WrongForm(
        "aggregate_in_order",
        "ORDER BY 中对聚合再计算，引擎不排序",
        "ORDER BY an expression over an aggregate: the engine does not sort",
        _aggregate(aggregates.in_order),
        "UNWIND ['a', 'b', 'b'] AS x RETURN x, count(*) AS n ORDER BY -count(*)",
        [["a", 1], ["b", 2]],
        [["b", 2], ["a", 1]],
        "UNWIND ['a', 'b', 'b'] AS x RETURN x, count(*) AS n ORDER BY -n",
    ),
    WrongForm(
        "aggregate_elsewhere",
        "聚合只能用在 RETURN 和 WITH 中",
        "aggregates belong into RETURN and WITH only",
        _aggregate(aggregates.elsewhere),
        "UNWIND [1, 2] AS x UNWIND collect(x) AS y RETURN y",
        [],
        [[1], [2]],
        "UNWIND [1, 2] AS x WITH collect(x) AS l UNWIND l AS y RETURN y",
        neo4j_refuses=True,
    ),
    WrongForm(
        "percentile_of_distinct",
        "percentileDisc、percentileCont 中的 DISTINCT 被忽略",
        "DISTINCT in percentileDisc and percentileCont is passed over",
        _aggregate(aggregates.percentile_of_distinct),
        "UNWIND [1, 2, 2, 2] AS x RETURN percentileDisc(DISTINCT x, 0.5) AS r",
        [[2]],
        [[1]],
        "UNWIND [1, 2, 2, 2] AS x WITH DISTINCT x RETURN percentileDisc(x, 0.5) AS r",
    ),
    WrongForm(
        "dynamic_type",
        "动态的关系类型、条件中的动态标签（n:$(…)）和 $any(…)、$all(…) 被忽略；"
        "用 type(r) = $t 或 $l IN labels(n)",
        "a dynamic type, a dynamic label of a predicate (n:$(…)), $any(…) and $all(…) are passed over; use "
        "type(r) = $t or $l IN labels(n)",
        _pattern(misread.dynamic),
        "MATCH (:Quarter)-[r:$('COVERS')]->() RETURN count(r) AS r",
        [[5]],
        [[0]],
        "MATCH (:Quarter)-[r]->() WHERE type(r) = 'COVERS' RETURN count(r) AS r",
    ),
    WrongForm(
        "filtered_shortest_path",
        "shortestPath 的 WHERE 涉及路径或关系：引擎先找最短路径再过滤，会漏掉符合条件的较长路径",
        "WHERE on the path or the edges of shortestPath: the engine filters after the search and misses "
        "longer paths that fit",
        _pattern(misread.filtered_shortest),
        f"{QUARTER}, (d:Area {{level: 'district'}}) MATCH p = shortestPath((q)-[:PART_OF*..5]->(d)) "
        "WHERE length(p) > 2 RETURN length(p) AS r",
        [],
        [[3]],
        f"{QUARTER}, (d:Area {{level: 'district'}}) MATCH p = (q)-[:PART_OF*..5]->(d) "
        "WITH length(p) AS r WHERE r > 2 RETURN r ORDER BY r LIMIT 1",
    ),
    WrongForm(
        "size_of_pattern",
        "size() 中的路径模式没有结果；用 COUNT { … }",
        "size() of a pattern gives nothing; use COUNT { … }",
        _pattern(misread.size_of_pattern),
        "MATCH (q:Quarter) WHERE size((q)-[:PART_OF]->()) > 0 RETURN count(*) AS r",
        [[0]],
        [[1]],
        "MATCH (q:Quarter) WHERE COUNT { (q)-[:PART_OF]->() } > 0 RETURN count(*) AS r",
        neo4j_refuses=True,
    ),
    WrongForm(
        "united_nodes",
        "子查询中用 UNION 合并节点，而各部分得到该节点的方式不同（直接查找、一步、多步 [:T*1..4]）："
        "同一节点不去重；用 UNION ALL，再 WITH DISTINCT x，或返回 x.id",
        "UNION of nodes in a subquery, where its parts come to the node in different ways (found directly, "
        "by a step, by repeated steps [:T*1..4]): one node comes twice; use UNION ALL, then WITH DISTINCT x, "
        "or return x.id",
        _pattern(misread.united_nodes),
        f"CALL () {{ {_COMMUNITY} RETURN x UNION {_ABOVE} RETURN x }} RETURN count(x) AS r",
        [[3]],
        [[2]],
        f"CALL () {{ {_COMMUNITY} RETURN x UNION ALL {_ABOVE} RETURN x }} "
        "WITH DISTINCT x RETURN count(x) AS r",
    ),
    WrongForm(
        "hidden_condition",
        "WHERE 的条件整个是 CASE 或函数（如 coalesce），其中有 any(…)、all(…) 等："
        "引擎只按里面的 any(…) 过滤；先 WITH …, CASE … END AS ok，再 WHERE ok",
        "a condition of WHERE that is CASE or a function (coalesce, for instance) as a whole, with any(…), "
        "all(…) or the like inside: the engine filters by what is inside alone; put WITH …, CASE … END AS ok "
        "before, then WHERE ok",
        _pattern(misread.hidden_condition),
        "MATCH (q:Quarter) WHERE CASE WHEN any(x IN [q.id] WHERE x = 'q-990101-01') THEN false ELSE true END "
        "RETURN count(*) AS r",
        [[1]],
        [[0]],
        "MATCH (q:Quarter) WITH q, CASE WHEN any(x IN [q.id] WHERE x = 'q-990101-01') THEN false ELSE true "
        "END AS ok WHERE ok RETURN count(*) AS r",
    ),
    WrongForm(
        "cut_before_condition",
        "WITH … LIMIT（或 SKIP）… WHERE：引擎先过滤，再取前几行；写成 WITH … LIMIT …，再 WITH * WHERE …",
        "WITH … LIMIT (or SKIP) … WHERE: the engine filters before it cuts off; write WITH … LIMIT …, then "
        "WITH * WHERE …",
        _pattern(filters.cut_before_condition),
        "UNWIND [1, 2, 3, 4] AS x WITH x ORDER BY x LIMIT 3 WHERE x > 2 RETURN x",
        [[3], [4]],
        [[3]],
        "UNWIND [1, 2, 3, 4] AS x WITH x ORDER BY x LIMIT 3 WITH * WHERE x > 2 RETURN x",
    ),
    WrongForm(
        "cut_of_groups",
        "WITH 中有聚合、其后 LIMIT 或 SKIP 而没有 ORDER BY：引擎不截取；加上 ORDER BY",
        "WITH of an aggregate, then LIMIT or SKIP without ORDER BY: the engine cuts nothing off; put ORDER "
        "BY before",
        _pattern(filters.cut_of_groups),
        "UNWIND [1, 2, 3] AS x WITH x, count(*) AS n LIMIT 1 RETURN count(*) AS r",
        [[3]],
        [[1]],
        "UNWIND [1, 2, 3] AS x WITH x, count(*) AS n ORDER BY x LIMIT 1 RETURN count(*) AS r",
    ),
    WrongForm(
        "unwound_before_match",
        "MATCH … UNWIND … AS u MATCH …，后一个 MATCH 的条件或节点属性用到 u：引擎先匹配再展开，没有结果；"
        "在 UNWIND 之后写 WITH *",
        "MATCH … UNWIND … AS u MATCH …, and the condition or a node's properties of the second name u: the "
        "engine matches before it unwinds, and finds nothing; put WITH * behind UNWIND",
        _pattern(filters.unwound),
        f"{QUARTER} UNWIND [1, 2] AS u MATCH (a:Area) WHERE u > 1 RETURN count(a) > 0 AS r",
        [[False]],
        [[True]],
        f"{QUARTER} UNWIND [1, 2] AS u WITH * MATCH (a:Area) WHERE u > 1 RETURN count(a) > 0 AS r",
    ),
    WrongForm(
        "half_seen_condition",
        "WHERE 的一个条件用到路径的第一个节点（或此前的变量），又仅在 CASE、映射、reduce、any/all/none/"
        "single、x.l[0]、f(…).p、单独的是否属性或 NOT EXISTS 中用到路径的其他部分：引擎在其他部分匹配"
        "之前就判断它，会漏掉行；先 WITH *，再 WHERE",
        "a condition of WHERE that names the first node of a path, or what was there before, and what else "
        "it binds only in CASE, a map, reduce, any/all/none/single, x.l[0], f(…).p, a property that is true "
        "or not, or NOT EXISTS: the engine judges it before the rest is found, and rows are lost; put WITH * "
        "before WHERE",
        _pattern(filters.half_seen),
        "MATCH (q:Quarter)-[r:PART_OF]->(a) WHERE q.id = '' OR any(x IN [a.id] WHERE x > '') "
        "RETURN count(*) AS n",
        [[0]],
        [[2]],
        "MATCH (q:Quarter)-[r:PART_OF]->(a) WITH * WHERE q.id = '' OR any(x IN [a.id] WHERE x > '') "
        "RETURN count(*) AS n",
    ),
)
