// @title      Quarters without property service, or with a contract that has ended
// @title.zh   小区无物业服务
// @about      One row per quarter. One project in order is enough: run by the community or by the
// @about      owners, or by a contract that runs on or is without end. Otherwise the mildest of
// @about      what is found. A project of unknown mode is read as one by contract.
// @about      last_day: last day of the contract that runs longest.
// @about.zh   每个小区一行。有一个有效的物业项目即可：社区代管、业主自管，或在合同期内、不定期的企业服务；
// @about.zh   否则取情形最轻的一项。管理方式不详的按企业服务处理。last_day 为最晚到期合同的最后一日。
// @rule       R35
// @severity   info..warning
// @identity   subject
// @places     subject itself
// @version    1
// @verified   V1
// @param      as_of         date    today  "day the answer is for" / "统计日期"
// @param      area          string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      accept        strings{contract,community,self}  ["contract","community","self"]  "modes that count as service" / "认可的管理方式"
// @param      prewarn_days  int[0..730]  90  "how long before the end of a contract it is reported, days" / "合同到期前多少日提示（日）"
// @reason     {subject}: {findings}
// @reason.zh  {subject}：{findings}
// @finding    none "no one runs its property" / "无物业服务"
// @finding    not_accepted "its property is run in a way that does not count here" / "现有管理方式不予认可"
// @finding    expired "the contract has ended and no new one is recorded" / "物业合同已到期，未见续签"
// @finding    continuing "the contract has ended and the service goes on without an end" / "物业合同已到期，按不定期合同继续服务"
// @finding    ends_soon "the contract ends soon" / "物业合同即将到期"
// @turns      contract_until - days prewarn_days
// @returns    subject, area, modes, last_day, verdict, findings, severity, missing, evidence
// @source     民法典 Art. 939, 940, 946-950 (text read, transcription): 947 asks for 90 days' notice,
// @source     948 makes a service that goes on a contract without end; 通川区石龙溪社区“一三模式”,
// @source     2022-01-08 (社区代管).
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (q:Quarter)
  RETURN q
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(q:Quarter)
  WHERE w.since <= $as_of < w.until
  RETURN q
}
WITH q, COLLECT { MATCH (q)-[w:WITHIN]->(a)
                  WHERE w.since <= $as_of < w.until
                  RETURN a ORDER BY w.height, a.id } AS above,
  COLLECT { MATCH (q)<-[v:SERVES]-(pp:PropertyProject)
            WHERE v.since <= $as_of < v.until
            RETURN {edge: v.id, mode: pp.mode, until: v.contract_until, state:
              CASE WHEN pp.mode IS NULL AND any(m IN ['contract', 'community', 'self'] WHERE NOT m IN $accept)
                   THEN pp.id + '.mode'
                   WHEN NOT coalesce(pp.mode, 'contract') IN $accept THEN 'not_accepted'
                   WHEN pp.mode IN ['community', 'self'] THEN 'good'
                   WHEN v.contract_until <= $as_of THEN
                     CASE v.contract_indefinite WHEN true THEN 'continuing' WHEN false THEN 'ended'
                                                ELSE 'expired' END
                   // Of a contract of which the month or year alone is known.
                   WHEN size([word IN coalesce(v.date_precision, []) WHERE $as_of >= CASE word
                         WHEN 'contract_until:month' THEN v.contract_until - duration({months: 1, days: -1})
                         WHEN 'contract_until:year' THEN v.contract_until - duration({years: 1, days: -1}) END
                        | word]) > 0 THEN v.id + '.contract_until'
                   WHEN coalesce(v.contract_indefinite, false) THEN 'good'
                   WHEN v.contract_until IS NULL THEN v.id + '.contract_until'
                   WHEN v.contract_until <= $as_of + duration({days: $prewarn_days}) THEN 'ends_soon'
                   WHEN size([word IN coalesce(v.date_precision, [])
                              WHERE $as_of + duration({days: $prewarn_days}) >= CASE word
                         WHEN 'contract_until:month' THEN v.contract_until - duration({months: 1, days: -1})
                         WHEN 'contract_until:year' THEN v.contract_until - duration({years: 1, days: -1}) END
                        | word]) > 0 THEN v.id + '.contract_until'
                   ELSE 'good' END} ORDER BY v.id } AS served
WITH q, above[0].id AS area, served, [x IN served | x.state] AS states,
  [x IN served WHERE x.state CONTAINS '.' | x.state] AS open,
  COLLECT { UNWIND [q] + above AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'property_project'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN k.id ORDER BY k.id } AS listed
WITH q, area, served, listed,
  CASE WHEN 'good' IN states THEN 'good'
       WHEN size(open) > 0 THEN 'open'
       WHEN 'ends_soon' IN states THEN 'ends_soon'
       WHEN 'continuing' IN states THEN 'continuing'
       WHEN 'expired' IN states THEN 'expired'
       WHEN 'ended' IN states THEN 'ended'
       // Whoever runs it is not the one asked for: another project may not be recorded.
       WHEN size(listed) = 0 THEN 'unlisted'
       WHEN size(served) > 0 THEN 'not_accepted'
       ELSE 'none' END AS state, open
RETURN q.id AS subject, area,
  COLLECT { UNWIND served AS x
            WITH x.mode AS mode
            WHERE mode IS NOT NULL
            RETURN DISTINCT mode ORDER BY mode } AS modes,
  COLLECT { UNWIND served AS x
            WITH x.until AS until
            WHERE until IS NOT NULL
            RETURN until - duration({days: 1}) AS day ORDER BY day DESC LIMIT 1 }[0] AS last_day,
  CASE WHEN state = 'good' THEN 'pass' WHEN state IN ['open', 'unlisted'] THEN 'unknown' ELSE 'fail' END AS verdict,
  CASE WHEN state IN ['good', 'open', 'unlisted'] THEN []
       WHEN state = 'ended' THEN ['expired'] ELSE [state] END AS findings,
  CASE WHEN state IN ['good', 'open', 'unlisted'] THEN null
       WHEN state IN ['none', 'not_accepted', 'ended'] THEN 'warning' ELSE 'info' END AS severity,
  CASE state WHEN 'open' THEN open WHEN 'unlisted' THEN ['property_project@' + q.id] ELSE [] END AS missing,
  [x IN served | x.edge] + CASE WHEN state IN ['none', 'not_accepted'] THEN listed ELSE [] END AS evidence
ORDER BY subject
