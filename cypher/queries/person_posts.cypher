// @title      Posts of a person
// @title.zh   某人的任职
// @topic      bodies
// @about      Posts held on the day. An open end is 9999-12-31, an unknown start 0001-01-01; the
// @about      end of the term is exclusive and may lie before the day where a post runs on.
// @about.zh   当日在任的职务。仍在任的终止日为 9999-12-31，起始日不详为 0001-01-01；
// @about.zh   任期截止日不含当日，任期届满仍在任的可早于统计日期。
// @param      person  string  required  "person id" / "人员编号"
// @param      as_of   date    today     "day the answer is for" / "统计日期"
// @returns    post, body, type, name, role, since, until, term_until, date_precision
// @source     the graph itself
MATCH (:Person {id: $person})-[h:HOLDS_POST]->(body)
WHERE h.since <= $as_of < h.until
RETURN h.id AS post, body.id AS body, labels(body)[0] AS type, body.name AS name, h.role AS role,
  h.since AS since, h.until AS until, h.term_until AS term_until,
  coalesce(h.date_precision, []) AS date_precision
ORDER BY post
