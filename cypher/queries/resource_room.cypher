// @title      Resources on offer, with what is left of their capacity
// @title.zh   在提供的资源及剩余容量
// @topic      cobuilding
// @about      `used` adds up the known amounts of the day's uses; `use_known` is false where a use
// @about      does not say how much it takes. No capacity on record: null.
// @about.zh   used 为当日已知用量之和；有用量不详的 use_known 为假；无容量记录的为空。
// @param      resources  strings  null   "ids, null = all" / "资源编号，空为全部"
// @param      as_of      date     today  "day the answer is for" / "统计日期"
// @returns    resource, name, category, provider, provider_name, capacity, capacity_unit, used, use_known
// @source     the graph itself
MATCH (r:Resource)<-[f:OFFERS]-(o)
WHERE f.since <= $as_of < f.until AND ($resources IS NULL OR r.id IN $resources)
WITH r, o,
  COLLECT { MATCH (r)<-[u:USES]-(:Project)
            WHERE u.since <= $as_of < u.until
            RETURN u.amount ORDER BY u.id } AS uses
RETURN r.id AS resource, r.name AS name, r.category AS category, o.id AS provider,
  o.name AS provider_name, r.capacity AS capacity, r.capacity_unit AS capacity_unit,
  reduce(sum = 0.0, u IN uses | sum + coalesce(u, 0.0)) AS used,
  all(u IN uses WHERE u IS NOT NULL) AS use_known
ORDER BY resource, provider
