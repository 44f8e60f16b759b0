"""Words about organizations, committees, firms, units, teams and stations."""

from __future__ import annotations

from graph.model.base import Term


class PartyTier(Term):
    """Tiers of a Party organization."""

    work_committee = "work_committee", "党工委"
    committee = "committee", "党委"
    general_branch = "general_branch", "党总支"
    branch = "branch", "党支部"
    joint_branch = "joint_branch", "联合党支部"
    functional_branch = "functional_branch", "功能性党支部"
    group = "group", "党小组"


class PartyLevel(Term):
    """Whose Party organization it is."""

    district = "district", "区级"
    subdistrict = "subdistrict", "街道（镇）级"
    community = "community", "社区级"
    quarter = "quarter", "小区级"
    building = "building", "楼栋（楼院）级"
    unit = "unit", "单位"
    sector = "sector", "行业"


class OwnersCommitteeKind(Term):
    """A committee elected by the owners, or the interim body in its place."""

    owners_committee = "owners_committee", "业主委员会"
    property_management_committee = "property_management_committee", "物业管理委员会"


class SupervisionKind(Term):
    """Whom a supervision committee supervises for."""

    owners = "owners", "业主监督委员会"
    residents = "residents", "居务监督委员会"


class PropertyMode(Term):
    """How a quarter's property is run."""

    contract = "contract", "物业企业"
    community = "community", "社区代管"
    self = "self", "业主自管"


class FirmCategory(Term):
    """Ownership of a property firm."""

    state_enterprise = "state_enterprise", "国有企业"
    private_enterprise = "private_enterprise", "民营企业"
    other = "other", "其他"


class UnitCategory(Term):
    """Kinds of units."""

    government_organ = "government_organ", "机关"
    public_institution = "public_institution", "事业单位"
    state_enterprise = "state_enterprise", "国有企业"
    private_enterprise = "private_enterprise", "民营企业"
    bank = "bank", "银行"
    new_economic_organization = "new_economic_organization", "新经济组织"
    new_social_organization = "new_social_organization", "新社会组织"
    police_station = "police_station", "派出所"
    merchant = "merchant", "商户"
    other = "other", "其他"


class TeamKind(Term):
    """Kinds of teams."""

    volunteer_team = "volunteer_team", "志愿服务队"
    interest_group = "interest_group", "社团（兴趣小组）"
    mass_organization = "mass_organization", "群团组织"


class StationKind(Term):
    """Kinds of service stations."""

    centre = "centre", "党群服务中心"
    station = "station", "党群服务站"
    stop = "stop", "党群驿站"
    micro_complex = "micro_complex", "微综合体"
    activity_centre = "activity_centre", "居民活动中心"
