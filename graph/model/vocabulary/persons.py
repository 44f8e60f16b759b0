"""Words about persons, their posts, employment and kin."""

from __future__ import annotations

from graph.model.base import Term


class PartyStatus(Term):
    """Whether a person is a member of the Party."""

    full = "full", "正式党员"
    probationary = "probationary", "预备党员"
    none = "none", "非党员"


class PartyCategory(Term):
    """Classes of Party members in a community."""

    community_managed = "community_managed", "社区直管党员"
    employed = "employed", "在职党员"
    retired = "retired", "退休党员"
    mobile = "mobile", "流动党员"
    other = "other", "其他"


class Gender(Term):
    """Gender as registered."""

    female = "female", "女"
    male = "male", "男"


class PublicPost(Term):
    """Public employment; each includes the one before."""

    none = "none", "无"
    public_employee = "public_employee", "公职人员"
    civil_servant = "civil_servant", "公务员"
    leading_cadre = "leading_cadre", "领导干部"


class Portfolio(Term):
    """What a committee member is responsible for."""

    organization = "organization", "组织"
    publicity = "publicity", "宣传"
    discipline = "discipline", "纪检"
    other = "other", "其他"


class PostCapacity(Term):
    """In what quality a person holds a post."""

    unit_party_head = "unit_party_head", "单位党组织负责人"
    police = "police", "民警"
    medical = "medical", "医生护士"
    grid_worker = "grid_worker", "网格员"
    employed_member = "employed_member", "在职党员"
    resident_member = "resident_member", "居民党员"
    deputy = "deputy", "两代表一委员"
    unit_owner_representative = "unit_owner_representative", "业主单位代表"
    other = "other", "其他"


class PayBasis(Term):
    """Who fixed or bears the pay of a post."""

    owners_assembly = "owners_assembly", "业主大会"
    employer = "employer", "用人单位"
    subsidy = "subsidy", "补贴"
    other = "other", "其他"


class EmploymentKind(Term):
    """Ties between a person and a unit."""

    employee = "employee", "职工"
    seconded = "seconded", "派驻"
    shareholder = "shareholder", "入股"


class Relation(Term):
    """Kinship; `from` is the … of `to`."""

    spouse = "spouse", "配偶"
    parent = "parent", "父母"
    grandparent = "grandparent", "祖父母"
    sibling = "sibling", "兄弟姐妹"
    parent_in_law = "parent_in_law", "配偶父母"
    other = "other", "其他"


class PostRole(Term):
    """Posts; `POSTS` says which body has which."""

    secretary = "secretary", "书记"
    deputy_secretary = "deputy_secretary", "副书记"
    committee_member = "committee_member", "委员"
    part_time_member = "part_time_member", "兼职委员"
    group_leader = "group_leader", "党小组长"
    instructor = "instructor", "党建指导员"
    director = "director", "主任"
    deputy_director = "deputy_director", "副主任"
    member = "member", "委员（成员）"
    community_worker = "community_worker", "社区工作者"
    chair = "chair", "主任"
    vice_chair = "vice_chair", "副主任"
    alternate = "alternate", "候补委员"
    project_manager = "project_manager", "项目负责人（物业经理）"
    staff = "staff", "员工"
    leader = "leader", "队长（负责人）"
    head = "head", "负责人"
    duty_member = "duty_member", "值班党员"
    grid_worker = "grid_worker", "网格员"
    building_head = "building_head", "楼栋长"
    entrance_head = "entrance_head", "单元长"
    contact_cadre = "contact_cadre", "联系干部"
    service_post = "service_post", "党员岗"
