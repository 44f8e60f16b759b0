// @title      Terms and contracts that end soon
// @title.zh   即将届满的任期和合同
// @topic      bodies
// @about      Posts and bodies in force on the day, and property contracts, whose end lies after the
// @about      day and at most the given number of days ahead. `subject` is the id of the post, the
// @about      body or the SERVES edge; `name` is the body's. All ends are exclusive: ends_on is the
// @about      first day after the term. An approved extension counts instead of the term. Of an end of which
// @about      the month or year alone is known ends_on is the latest it may be; `missing` names the day
// @about      where it decides whether the term is over, or ends within the days; `precision` says how much is known.
// @about.zh   当日有效的任职、组织任期和物业合同中，截止日在统计日期之后、给定天数之内的。
// @about.zh   subject 为任职、组织或服务关系编号，name 为组织名称；ends_on 为届满后的第一天；已延期的按延期后日期。
// @about.zh   只知年月的，ends_on 为最晚的一天；是否已届满、是否在所给天数之内取决于具体日期的，列于 missing。
// @param      days   int[0..36500]  90     "how many days ahead" / "今后多少天内"
// @param      area   string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      as_of  date    today  "day the answer is for" / "统计日期"
// @returns    subject, type, name, ends_on, days_left, missing, precision
// @source     the graph itself
CALL () {
  MATCH ()-[h:HOLDS_POST]->(body)
  WHERE $as_of < h.term_until AND h.since <= $as_of < h.until
  WITH h, body, h.term_until - CASE
    WHEN 'term_until:month' IN h.date_precision THEN duration({months: 1, days: -1})
    WHEN 'term_until:year' IN h.date_precision THEN duration({years: 1, days: -1})
    ELSE duration({days: 0}) END AS earliest
  WHERE earliest <= $as_of + duration({days: $days})
  RETURN h.id AS subject, 'HOLDS_POST' AS type, body, h.term_until AS ends_on,
    CASE WHEN $as_of < earliest AND h.term_until <= $as_of + duration({days: $days}) THEN []
         ELSE [h.id + '.term_until'] END AS missing,
    CASE WHEN 'term_until:month' IN h.date_precision THEN 'month'
         WHEN 'term_until:year' IN h.date_precision THEN 'year' ELSE 'day' END AS precision
  UNION ALL
  MATCH (body:PropertyProject)-[s:SERVES]->()
  WHERE $as_of < s.contract_until AND s.since <= $as_of < s.until
  WITH s, body, s.contract_until - CASE
    WHEN 'contract_until:month' IN s.date_precision THEN duration({months: 1, days: -1})
    WHEN 'contract_until:year' IN s.date_precision THEN duration({years: 1, days: -1})
    ELSE duration({days: 0}) END AS earliest
  WHERE earliest <= $as_of + duration({days: $days})
  RETURN s.id AS subject, 'SERVES' AS type, body, s.contract_until AS ends_on,
    CASE WHEN $as_of < earliest AND s.contract_until <= $as_of + duration({days: $days}) THEN []
         ELSE [s.id + '.contract_until'] END AS missing,
    CASE WHEN 'contract_until:month' IN s.date_precision THEN 'month'
         WHEN 'contract_until:year' IN s.date_precision THEN 'year' ELSE 'day' END AS precision
  UNION ALL
  CALL () {
    MATCH (body:PartyOrganization) RETURN body
    UNION ALL MATCH (body:ResidentsCommittee) RETURN body
    UNION ALL MATCH (body:OwnersCommittee) RETURN body
    UNION ALL MATCH (body:SupervisionCommittee) RETURN body
  }
  WITH body, coalesce(body.extended_until, body.term_until) AS ends_on,
    CASE WHEN body.extended_until IS NULL THEN 'term_until' ELSE 'extended_until' END AS which
  WITH body, ends_on, which, ends_on - CASE
    WHEN which + ':month' IN body.date_precision THEN duration({months: 1, days: -1})
    WHEN which + ':year' IN body.date_precision THEN duration({years: 1, days: -1})
    ELSE duration({days: 0}) END AS earliest
  WHERE $as_of < ends_on AND earliest <= $as_of + duration({days: $days})
    AND EXISTS {
      MATCH (body)-[e:COVERS|SUBORDINATE_TO]->() WHERE e.since <= $as_of < e.until
    }
  RETURN body.id AS subject, labels(body)[0] AS type, body, ends_on,
    CASE WHEN $as_of < earliest AND ends_on <= $as_of + duration({days: $days}) THEN []
         ELSE [body.id + '.' + which] END AS missing,
    CASE WHEN which + ':month' IN body.date_precision THEN 'month'
         WHEN which + ':year' IN body.date_precision THEN 'year' ELSE 'day' END AS precision
}
WITH subject, type, body, ends_on, missing, precision
WHERE $area IS NULL OR EXISTS {
  MATCH (body)-[at:COVERS|SERVES|BASED_IN*0..1]->(place)-[up:PART_OF*0..7]->(:Area {id: $area})
  WHERE all(p IN at + up WHERE p.since <= $as_of < p.until)
}
RETURN subject, type, body.name AS name, ends_on,
  duration.inDays($as_of, ends_on).days AS days_left, missing, precision
ORDER BY ends_on, subject
