"""Ways around a read-only guard, and honest queries that look like one."""

from __future__ import annotations

from collections.abc import Callable

WRITES = (
    "CREATE (x:Area {id: 'zz'})",
    "MERGE (x:Area {id: 'zz'})",
    "MATCH (n) SET n.hacked = true",
    "MATCH (n) SET n:Hacked",
    "MATCH (n) SET n += {hacked: true}",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) REMOVE n:Area",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) NODETACH DELETE n",
    "INSERT (:Area {id: 'zz'})",
    "MATCH (n) FOREACH (x IN [1] | SET n.hacked = x)",
    "FOREACH (x IN [1] | CREATE (:Area {id: 'zz'}))",
    "UNWIND [1] AS x CREATE (:Area {id: 'zz'})",
    "MATCH (n) WITH n LIMIT 1 SET n.hacked = 1 RETURN n",
    "CALL { CREATE (x:Area {id: 'zz'}) RETURN x } RETURN x",
    "CALL () { CREATE (x:Area {id: 'zz'}) RETURN x } RETURN x",
    "MATCH (n) CALL (n) { SET n.hacked = 1 } RETURN n",
    "CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "MATCH (n) CALL { WITH n RETURN n AS m } IN TRANSACTIONS RETURN m",
    "MATCH (n) WHERE EXISTS { CREATE (:Area {id: 'zz'}) } RETURN n",
    "RETURN COUNT { CREATE (x:Area {id: 'zz'}) RETURN x }",
    "RETURN 1 AS x UNION CREATE (y:Area {id: 'zz'}) RETURN y AS x",
    "RETURN 1; CREATE (:Area {id: 'zz'})",
    "RETURN 1; RETURN 2",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1:1/x' AS line RETURN line",
    "USING PERIODIC COMMIT 10 LOAD CSV FROM 'file:///x' AS l RETURN l",
    "CREATE INDEX hacked FOR (n:Area) ON (n.name)",
    "CREATE CONSTRAINT hacked FOR (n:Area) REQUIRE n.name IS UNIQUE",
    "DROP INDEX hacked IF EXISTS",
    "DROP CONSTRAINT hacked IF EXISTS",
    "DROP DATABASE neo4j",
    "CREATE USER eve SET PASSWORD 'secret123'",
    "ALTER USER neo4j SET PASSWORD 'secret123'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "RENAME USER neo4j TO eve",
    "GRANT ROLE admin TO eve",
    "DENY READ {*} ON GRAPH * TO PUBLIC",
    "REVOKE ROLE admin FROM eve",
    "SHOW DATABASES",
    "SHOW USERS",
    "SHOW PROCEDURES YIELD name RETURN name",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "START DATABASE neo4j",
    "STOP DATABASE neo4j",
    "USE system RETURN 1",
    "EXPLAIN CREATE (:Area {id: 'zz'})",
    "EXPLAIN CREATE INDEX hacked FOR (n:Area) ON (n.name)",
    "PROFILE MATCH (n) DETACH DELETE n",
    "EXPLAIN EXPLAIN RETURN 1",
    "EXPLAIN PROFILE RETURN 1",
    "EXPLAIN",
    "EXPLAIN SHOW DATABASES",
    "CYPHER runtime=slotted CREATE (:Area {id: 'zz'})",
    "CYPHER 5 RETURN 1",
    "CALL dbms.listConfig()",
    "CALL dbms.setConfigValue('a', 'b')",
    "CALL db.createLabel('Hacked')",
    "CALL db.index.fulltext.queryNodes('x', 'y')",
    "CALL apoc.cypher.doIt('CREATE (:Hacked)', {})",
    "CALL apoc.load.json('file:///etc/passwd')",
    "CALL `apoc`.`load`.`json`('file:///etc/passwd')",
    "CALL dbms.security.createUser('eve', 'secret123')",
    "OPTIONAL CALL apoc.cypher.doIt('CREATE (:Hacked)', {})",
    "RETURN apoc.load.json('file:///etc/passwd')",
    "RETURN `apoc`.`load`.`json`('x')",
    "MATCH (n) RETURN apoc.create.setProperty(n, 'a', 1)",
    "MATCH (with) SET with.hacked = true",
    "MATCH (n) WITH n AS with SET n.hacked = true",
    "MATCH (distinct) WITH distinct SET distinct.hacked = true",
    "WITH 1 AS distinct WITH distinct LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (not) WHERE not.id > '' SET not.hacked = true",
    "MATCH (n) WITH * SET n.hacked = true",
    "MATCH (n) WITH n AS as SET n.hacked = true",
    "MATCH (as) WITH as SET as.hacked = true",
    "MATCH (n)-->(m) SET n.hacked = true",
    "MATCH (n) RETURN n.x AS set SET n.hacked = true",
    "MATCH (n) WITH n ORDER BY n.x SET n.hacked = true",
    "MATCH (n) WITH n, count(*) SET n.hacked = true",
    "WHEN true THEN CREATE (:Area {id: 'zz'})",
    "MATCH (n:Area {id: '990100000000'}) ((a)-->(b))+ SET n.hacked = true",
    "MATCH (n:Area {id: '990100000000'}) ((a)-->(b))+ DELETE n",
    "MATCH (n), (as) WITH n, as, 1 AS distinct WITH as, distinct DELETE as RETURN 1 AS x",
    "MATCH (n), (as) WITH n AS not, as WITH as, not DELETE as DETACH DELETE not",
    "MATCH (then), (end) WITH end, then SET end.hacked = true",
    "MATCH (n) WITH n, CASE WHEN true THEN 1 ELSE 2 END AS else SET n.hacked = else",
    "MATCH (n) WITH n, CASE WHEN true THEN 1 END AS case SET n.hacked = true",
    "MATCH (case)-->(when) WITH case, when SET when.hacked = true",
    "MATCH (case)-->(when) WITH when, case SET when:Hacked",
    "MATCH (case)-->(when) WITH when, case DELETE when",
    "MATCH (case)-->(when) WITH case REMOVE when.name RETURN 1 AS x",
    "MATCH (n) WITH n, CASE n.level WHEN 'x' THEN 1 END AS case SET n.hacked = true",
    "MATCH (start) WITH start, CASE start WHEN 1 THEN 2 END AS case SET start.hacked = true",
    "MATCH (n) RETURN CASE WHEN COUNT { CREATE (:Area {id: 'zz'}) } > 0 THEN 1 END",
    "RETURN 1.SET",
    "MATCH (n) RETURN [1, 2][0..SET]",
)


def _spaced(text: str) -> str:
    return text.replace(" ", "\n\t ")


def _commented(text: str) -> str:
    return "/* RETURN 1 */" + text.replace(" ", "/**/ /* ' */ ") + "// '"


def _lines(text: str) -> str:
    return "// honest\n" + text.replace(" ", " // ` \" '\n")


def _mixed(text: str) -> str:
    return "".join(c.lower() if i % 2 else c for i, c in enumerate(text))


CHANGES = [
    text
    for text in WRITES
    if text.split()[0] not in ("EXPLAIN", "PROFILE", "CYPHER", "SHOW", "DROP", "LOAD", "USING")
    and {"CREATE", "MERGE", "SET", "REMOVE", "DELETE"} & set(text.replace("(", " ").split())
]
"""What would change the graph if no one stopped it."""

DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "lower": str.lower,
    "mixed": _mixed,
    "spaced": _spaced,
    "commented": _commented,
    "lines": _lines,
    "after a string": lambda text: f"WITH 'it\\'s' AS s, \"\\\"\" AS t {text}",
    "semicolon": lambda text: f"{text} ;",
}

TRICKS = (
    "MATCH (n) \\u0053ET n.hacked = 1",
    "RETURN '\\u0027 CREATE (:Area {id: 1}) //'",
    "MATCH (n) \\U00000053ET n.hacked = 1",
    "MATCH (n) \uff33\uff25\uff34 n.hacked = 1",
    "MATCH (n) \u017fET n.hacked = 1",
    "MATCH (n)\u200bSET\u200b n.hacked = 1",
    "MATCH (n) S\u00adET n.hacked = 1",
    "RETURN 1 // \u2028 CREATE (:Area {id: 'zz'})",
    "RETURN 1 // \x85 CREATE (:Area {id: 'zz'})",
    "RETURN 1 // \x0b CREATE (:Area {id: 'zz'})",
    "RETURN 1 \x00 CREATE (:Area)",
    "\u202eRETURN 1",
    "\ufeffRETURN 1",
    "RETURN 'open",
    'RETURN "open',
    "RETURN `open",
    "RETURN 1 /* open",
    "RETURN 'a\\' CREATE (:Area)",
    "/* */ /* RETURN 1",
    "",
    "   ",
    ";",
    "// nothing",
    "/* nothing */",
)

HONEST = (
    "RETURN 'DELETE'",
    'RETURN "SET x = 1; CREATE (n)" AS text',
    "RETURN 'it\\'s CREATE' AS text",
    "RETURN 1 AS `DELETE`",
    "WITH 1 AS `CREATE` RETURN `CREATE`",
    "RETURN {set: 1, create: 2, delete: 3} AS map",
    "WITH {set: 1} AS map RETURN map.set",
    "MATCH (n:Area) RETURN n.delete IS NULL AS missing LIMIT 1",
    "MATCH (n:Area) WHERE n.`create` IS NULL RETURN count(n) AS n",
    "RETURN 1 // CREATE (n)",
    "RETURN 1 /* DELETE\n n */ AS one",
    "RETURN 1;",
    "WITH 1 AS 数量 RETURN 数量",
    "WITH 1 AS `删除 DELETE` RETURN `删除 DELETE`",
    "MATCH (区:Area) RETURN count(区) AS 总数",
    "CALL { RETURN 1 AS x } RETURN x",
    "CALL () { RETURN 1 AS x } RETURN x",
    "UNWIND [1, 2] AS x CALL (x) { RETURN x * 2 AS y } RETURN y",
    "RETURN $set AS given",
    "RETURN date('2025-06-30') AS day",
    "RETURN duration.between(date('2025-01-01'), date('2025-02-01')).months AS months",
    "MATCH (n:Area) WHERE EXISTS { MATCH (n)-[:PART_OF]->() } RETURN count(n) AS n",
    "RETURN COUNT { MATCH (n:Area) } AS n",
    "RETURN [x IN range(1, 3) WHERE x > 1 | x * 2] AS list",
    "RETURN [1, 2, 3][0..2] AS part",
    "RETURN 1.5 AS half, 1e3 AS thousand, .5 AS other",
    "MATCH p = (:Area)-[:PART_OF]->(:Area) RETURN length(p) AS hops LIMIT 1",
    "MATCH (a:Area) RETURN a {.id, .level} AS area ORDER BY a.id LIMIT 1",
    "RETURN reduce(s = 0, x IN [1, 2] | s + x) AS sum",
    "RETURN 'http://example.org/x' AS address",
    "RETURN 'a//b' AS path, '/*' AS open",
    "MATCH (n:Area) RETURN n.name STARTS WITH 'x' AS starts LIMIT 1",
    "MATCH (start:Area)-[set:PART_OF]->(stop:Area) RETURN start.id AS start, stop.id AS stop LIMIT 1",
    "MATCH use = (show:Area)-[:PART_OF]->(load:Area) WITH use, load, show RETURN load.id LIMIT 1",
    "WITH 1 AS begin, 2 AS import RETURN begin + import AS stop ORDER BY stop",
    "UNWIND [1, 2] AS start WITH start WHERE start > 1 AND start IN [2] RETURN count(DISTINCT start) AS n",
    "UNWIND [1, 2] AS set RETURN [load IN [1, 2] WHERE load = set | set] AS list ORDER BY set",
    "MATCH (n:Area) RETURN DISTINCT n.level AS show, n.id AS use ORDER BY use LIMIT 1",
    "UNWIND [1] AS start RETURN DISTINCT start, CASE WHEN start > 0 THEN 1 END AS `end`",
    "UNWIND [1] AS start RETURN DISTINCT start AS show",
    "WITH true AS begin, false AS stop RETURN begin AND NOT stop AS a, NOT begin",
    "WITH 1 AS load, null AS use RETURN CASE WHEN load IS NULL THEN use WHEN NOT use IS NULL "
    "THEN load ELSE use END AS x",
    "UNWIND [1, 2] AS start RETURN CASE start WHEN 2 THEN start ELSE start END AS x ORDER BY x",
    "UNWIND [1, 2] AS set RETURN CASE set WHEN 2 THEN set WHEN 1 THEN -set END AS set ORDER BY set",
    "WITH true AS load, 1 AS use RETURN CASE load WHEN true THEN CASE use WHEN 1 THEN load END END AS show",
    "WITH '1' AS show, '.' AS import RETURN show =~ import AS x, reduce(set = 0, x IN [1] | set + x) AS s",
    "MATCH (n:Area) RETURN n {.start, .id, .set} AS area ORDER BY n.id LIMIT 1",
    "WITH 2 AS begin RETURN (1 + 1)+begin, size([begin])+begin AS x",
)


def attacks() -> list[str]:
    """Every write, command and call in every disguise, and the tricks.

    EXPLAIN and its like are prefixes: after something else they are no Cypher.
    """
    hidden = [
        hide(text)
        for text in WRITES
        for name, hide in DISGUISES.items()
        if name != "after a string" or not text.startswith(("EXPLAIN", "CYPHER 5"))
    ]
    return [*hidden, *TRICKS]
