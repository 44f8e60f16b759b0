"""Words about places: areas, quarters, buildings, grids."""

from __future__ import annotations

from graph.model.base import Term


class AreaLevel(Term):
    """Levels of an Area; a township (镇) is level subdistrict."""

    province = "province", "省"
    city = "city", "市"
    district = "district", "区"
    subdistrict = "subdistrict", "街道（镇）"
    community = "community", "社区"

    @classmethod
    def height(cls, level: str | None) -> int:
        """0 for a community up to 4 for a province; 5, above all, where the level is not known."""
        upwards = [term.value for term in reversed(cls)]
        return upwards.index(level) if level in upwards else len(upwards)


class QuarterKind(Term):
    """Kinds of residential quarter."""

    commercial = "commercial", "商品房小区"
    resettlement = "resettlement", "安置小区"
    old = "old", "老旧小区"
    settlement = "settlement", "聚居点"
    other = "other", "其他"


class BuildingLevel(Term):
    """A building, or one entrance (单元) of it."""

    building = "building", "楼栋"
    entrance = "entrance", "单元"


class GridKind(Term):
    """Grids and residents' groups."""

    grid = "grid", "网格"
    residents_group = "residents_group", "居民小组"
