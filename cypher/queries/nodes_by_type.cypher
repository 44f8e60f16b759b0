// @title      Nodes of each type
// @title.zh   各类节点数
// @topic      areas
// @about      Every recorded node, and how many of them are invented data. Nodes have no dates. The nodes that record loads are left out.
// @about.zh   全部节点及其中虚构数据的数量；节点本身不带日期。
// @returns    type, nodes, synthetic
// @source     the graph itself
MATCH (n)
WHERE NOT n:Meta AND NOT n:Load AND NOT n:LoadJournal AND NOT n:ChangeSet
RETURN labels(n)[0] AS type, count(*) AS nodes,
  sum(CASE WHEN n.synthetic THEN 1 ELSE 0 END) AS synthetic
ORDER BY type
