// @title      Extended Party committees that lack a kind of member unit
// @title.zh   大党委成员类别缺口
// @about      One row per community Party organization that covers an area. Asked: at least one open
// @about      co-builder of each required kind. organ: government organs and police stations;
// @about      institution: public institutions; enterprise: state and private enterprises and banks;
// @about      new_organization: new economic and new social organizations; property: property firms
// @about      and Party organizations of quarters. Merchants and other units fill none. A unit whose
// @about      category is not known may fill one of the kinds of units. Not applicable where the
// @about      organization is known to have no extended committee (yet) and no one co-builds.
// @about.zh   每个社区党组织一行：成员单位（共建单位）应涵盖各类别：机关（含派出所）、事业单位、企业（含银行）、
// @about.zh   “两新”组织、物业企业或小区党组织；商户和其他单位不计入。类别不明的单位视为可能补其中一类。
// @about.zh   已知未设大党委且无共建单位的不适用。
// @rule       R25
// @severity   info
// @identity   subject
// @places     subject communities_of_organizations
// @version    2
// @verified   V2
// @param      as_of                date    today  "day the answer is for" / "统计日期"
// @param      area                 string  null   "area id, null = everywhere" / "辖区编号，空为全部"
// @param      required_categories  strings{organ,institution,enterprise,new_organization,property}  ["organ","institution","enterprise","new_organization","property"]  "kinds of member units that have to be there" / "应涵盖的成员单位类别"
// @finding    no_organ             "no government organ or police station" / "缺机关（派出所）"
// @finding    no_institution       "no public institution" / "缺事业单位"
// @finding    no_enterprise        "no enterprise or bank" / "缺企业（银行）"
// @finding    no_new_organization  "no new economic or social organization" / "缺“两新”组织"
// @finding    no_property          "no property firm and no Party organization of a quarter" / "缺物业企业或小区党组织"
// @reason     the extended committee of {subject} lacks: {findings}
// @reason.zh  {subject}大党委成员类别不全：{findings}
// @returns    subject, area, verdict, present, findings, missing, evidence, co_builders
// @source     淡水街道“大党委”, 2022-05-25 (机关、企事业单位、“两新”组织、物业小区等); local plans on
// @source     public pages. No national list of categories was found.
CALL () {
  UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere
  MATCH (:Area)<-[v:COVERS]-(b:PartyOrganization {level: 'community'})
  WHERE v.since <= $as_of < v.until
  RETURN DISTINCT b
  UNION
  MATCH (:Area {id: $area})<-[w:WITHIN]-(:Area)<-[v:COVERS]-(b:PartyOrganization {level: 'community'})
  WHERE w.since <= $as_of < w.until AND v.since <= $as_of < v.until
  RETURN b
}
WITH b, COLLECT { MATCH (b)-[v:COVERS]->(x:Area)
                  WHERE v.since <= $as_of < v.until
                  RETURN x ORDER BY x.id } AS places
WITH b,
  COLLECT { UNWIND places AS x
            MATCH (x)-[w:WITHIN]->(a)
            WHERE w.since <= $as_of < w.until
            WITH DISTINCT a, w.height AS height
            RETURN a ORDER BY height, a.id } AS above,
  COLLECT { MATCH (b)<-[x:CO_BUILDS]-(u)
            WHERE x.since <= $as_of < x.until
            RETURN {id: x.id, unit: u.id, open: u:Unit AND u.category IS NULL, kind:
              CASE WHEN u:PropertyFirm OR (u:PartyOrganization AND u.level = 'quarter') THEN 'property'
                   WHEN u.category IN ['government_organ', 'police_station'] THEN 'organ'
                   WHEN u.category = 'public_institution' THEN 'institution'
                   WHEN u.category IN ['state_enterprise', 'private_enterprise', 'bank'] THEN 'enterprise'
                   WHEN u.category IN ['new_economic_organization', 'new_social_organization']
                     THEN 'new_organization'
                   ELSE 'none' END}
            ORDER BY x.id } AS links
WITH b, above[0].id AS area, links, [x IN links WHERE x.open] AS open_links,
  COLLECT { UNWIND links AS x
            RETURN DISTINCT x.unit AS id ORDER BY id } AS units,
  COLLECT { UNWIND above + [b] AS s
            MATCH (s)-[k:COMPLETE_IN {subject: 'co_building'}]->(:SourceDocument)
            WHERE k.since <= $as_of < k.until
            RETURN DISTINCT k.id AS id ORDER BY id } AS registers,
  [t IN ['organ', 'institution', 'enterprise', 'new_organization', 'property']
   WHERE t IN $required_categories AND any(x IN links WHERE x.kind = t)] AS present,
  [t IN ['organ', 'institution', 'enterprise', 'new_organization', 'property']
   WHERE t IN $required_categories AND NOT any(x IN links WHERE x.kind = t)] AS lacking
WITH b, links, open_links, units, registers, area, present, lacking,
  COLLECT { UNWIND open_links AS x
            RETURN DISTINCT x.unit AS id ORDER BY id } AS open_units,
  // Extended on the day, or not yet: the month or year does not tell.
  CASE WHEN size(links) > 0 THEN []
       ELSE [word IN coalesce(b.date_precision, []) WHERE b.extended_since <= $as_of < CASE word
           WHEN 'extended_since:month' THEN b.extended_since + duration({months: 1, days: -1})
           WHEN 'extended_since:year' THEN b.extended_since + duration({years: 1, days: -1}) END
          | b.id + '.extended_since'] END AS days
WITH b, links, units, registers, area, present, lacking, open_units, days,
  // A unit of unknown category can fill one of the kinds of units, and never that of property.
  CASE WHEN size(links) = 0
         AND (NOT b.extended_committee OR coalesce(b.extended_since, $as_of) > $as_of) THEN 'not_applicable'
       WHEN size(days) > 0 THEN 'unknown'
       WHEN size(lacking) = 0 THEN 'pass'
       WHEN size(registers) = 0 THEN 'unknown'
       WHEN 'property' IN lacking OR size(lacking) > size(open_units) THEN 'fail'
       ELSE 'unknown' END AS verdict
RETURN b.id AS subject, area, verdict, present,
  CASE verdict WHEN 'fail' THEN [t IN lacking | 'no_' + t] ELSE [] END AS findings,
  CASE verdict WHEN 'unknown' THEN
    days + CASE WHEN size(registers) = 0 THEN ['co_building@' + b.id] ELSE [] END
    + [id IN open_units | id + '.category'] ELSE [] END AS missing,
  CASE verdict WHEN 'not_applicable' THEN [b.id]
               WHEN 'pass' THEN [x IN links WHERE x.kind IN $required_categories | x.id]
               WHEN 'fail' THEN [x IN links | x.id] + registers
               ELSE [x IN links | x.id] END AS evidence, size(units) AS co_builders
ORDER BY subject
