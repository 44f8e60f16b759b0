// @title      Days on which areas or their registers changed
// @title.zh   辖区隶属及台账的变动日
// @topic      areas
// @about      The first days of what areas are part of and of what their registers list, and the days
// @about      on which that ended. Between two of them the tree of areas and its registers stay.
// @about.zh   辖区隶属关系、台账齐全关系的起始日与终止日；两日之间辖区树与台账不变。
// @returns    day
// @source     the graph itself
CALL () {
  MATCH (:Area)-[e:PART_OF|COMPLETE_IN]->()
  RETURN e.since AS day
  UNION
  MATCH (:Area)-[e:PART_OF|COMPLETE_IN]->()
  RETURN e.until AS day
}
RETURN DISTINCT day
ORDER BY day
