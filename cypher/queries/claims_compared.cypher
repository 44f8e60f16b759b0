// @title      What published figures imply when they are set side by side
// @title.zh   公布数字的互相推算
// @topic      figures
// @about      Observed claims of one document and date that concern the same place of the area, in
// @about      pairs of the same base metric (the text before the last dot). The number of communities
// @about      with an extended committee (big_committee.total) also divides other counts of bodies.
// @about      low and high bound the figure; null = no bound. A share in whole percent is taken as
// @about      rounded, so as known to half a percent either way.
// @about.zh   将涉及同一处、出自同一文献且日期相同的现状数字，按同一指标（末个点号之前部分）两两推算；
// @about.zh   设大党委的社区数也用作其他组织数的分母。low、high 为上下限，空为无界；整数百分比按四舍五入理解，误差正负 0.5 个百分点。
// @param      area   string  required  "area id" / "辖区编号"
// @param      as_of  date    today     "day the answer is for" / "统计日期"
// @returns    metric, figure, low, high, from, meaning_zh, place
// @source     the published documents, read through the Claim nodes named in `from`; the arithmetic is this query's own and no document states its results
// From the figures, which are few, to the area: not from all that lies in it.
MATCH (c:Claim {nature: 'observed'})-[k:CONCERNS]->(place)
WHERE k.since <= $as_of < k.until AND c.metric CONTAINS '.'
MATCH (place)-[up:PART_OF*0..7]->(:Area {id: $area})
WHERE all(p IN up WHERE p.since <= $as_of < p.until)
WITH place, c, split(c.metric, '.') AS words
WITH place, c, words[size(words) - 1] AS part
WITH place, collect(DISTINCT {
  id: c.id, metric: c.metric, part: part, value: c.value, unit: c.unit, group: [c.source, c.as_of],
  base: left(c.metric, size(c.metric) - size(part) - 1),
  // Whether the true value may lie above, or below, the one that is given.
  more: c.qualifier IN ['at_least', 'about'], less: c.qualifier IN ['at_most', 'about'],
  text: c.name + ' '
    + CASE c.qualifier WHEN 'at_least' THEN '至少 ' WHEN 'at_most' THEN '至多 ' WHEN 'about' THEN '约 '
      ELSE '' END
    + CASE WHEN c.value = floor(c.value) THEN toString(toInteger(c.value))
      ELSE toString(c.value) END
    + coalesce(' ' + c.unit, '')
}) AS claims
UNWIND claims AS x
UNWIND claims AS y
WITH place, x, y
WHERE x.id <> y.id AND x.value >= 0 AND y.value > 0
  AND coalesce(x.group[1], date('0001-01-01')) = coalesce(y.group[1], date('0001-01-01'))
  AND x.group[0] = y.group[0]
  AND (x.base = y.base OR (y.metric = 'big_committee.total' AND x.part = 'bodies'))
// The exact quotient, and the ends of the interval that the rounding of a share leaves.
WITH place, x, y, x.value / y.value AS ratio,
  CASE WHEN y.value = floor(y.value) THEN 0.5 ELSE 0.05 END AS half
WITH place, x, y, ratio,
  round(x.value * 100.0 / y.value) AS implied,
  CASE WHEN NOT x.less AND NOT y.more THEN ceil(x.value * 100.0 / (y.value + half)) END AS least,
  CASE WHEN NOT x.more AND NOT y.less AND y.value > half
    THEN floor(x.value * 100.0 / (y.value - half)) END AS most,
  CASE WHEN NOT x.less AND NOT y.more THEN ratio END AS ratio_low,
  CASE WHEN NOT x.more AND NOT y.less THEN ratio END AS ratio_high
UNWIND
  CASE
    WHEN x.base <> y.base THEN [{
      kind: 'bodies_per_community', figure: ratio, low: ratio_low, high: ratio_high, say: '平均每个社区'
    }]
    WHEN x.part = 'covered' AND y.part = 'share' AND y.unit = '%' THEN [{
      kind: 'implied_total', figure: implied, low: least, high: most, say: '推算总数'
    }, {
      kind: 'implied_uncovered', figure: implied - x.value, low: least - x.value,
      high: most - x.value, say: '推算未覆盖数'
    }]
    WHEN x.part = 'covered' AND y.part = 'total' THEN [{
      kind: 'implied_share', figure: 100.0 * ratio, low: 100.0 * ratio_low,
      high: 100.0 * ratio_high, say: '覆盖率（%）'
    }, {
      kind: 'uncovered', figure: y.value - x.value,
      low: CASE WHEN NOT x.more AND NOT y.less THEN y.value - x.value END,
      high: CASE WHEN NOT x.less AND NOT y.more THEN y.value - x.value END, say: '未覆盖数'
    }]
    WHEN x.part = 'bodies' AND y.part = 'total' AND x.value <= y.value THEN [{
      kind: 'uncovered_at_most', figure: y.value - x.value, low: 0.0,
      high: CASE WHEN NOT x.less AND NOT y.more THEN y.value - x.value END,
      say: '一个组织可覆盖多处，未覆盖数至多'
    }]
    WHEN y.part = 'bodies' AND NOT x.part IN ['bodies', 'total', 'share'] THEN [{
      kind: x.part + '_per_body', figure: ratio, low: ratio_low, high: ratio_high, say: '平均每个组织'
    }]
    WHEN y.part = 'total' AND NOT x.part IN ['bodies', 'covered', 'total', 'share'] THEN [{
      kind: x.part + '_per_case', figure: ratio, low: ratio_low, high: ratio_high, say: '平均每处'
    }]
    ELSE []
  END AS row
WITH place, x, y, row.kind AS kind, row.say AS say, round(row.figure * 100) / 100 AS figure,
  round(row.low * 100) / 100 AS low, round(row.high * 100) / 100 AS high
WITH place, x, y, kind, say, figure, low, high,
  [n IN [figure, low, high] |
    CASE WHEN n = floor(n) THEN toString(toInteger(n)) ELSE toString(n) END] AS shown
RETURN x.base + '.' + kind AS metric, figure, low, high, [x.id, y.id] AS from,
  place.name + '：' + x.text + '，' + y.text + '；' + say + ' ' + shown[0]
    + CASE WHEN low < high AND kind <> 'uncovered_at_most'
      THEN '（' + shown[1] + ' 至 ' + shown[2] + '）' ELSE '' END AS meaning_zh,
  place.id AS place
ORDER BY place, metric, from
