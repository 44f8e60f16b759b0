"""Every enumeration of the model, each value with its Chinese display name.

The graph holds the English value; import accepts either word.
"""

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


class NeedKind(Term):
    """A need or an issue."""

    need = "need", "需求"
    issue = "issue", "问题"


class NeedStatus(Term):
    """Steps raise, discuss, act, evaluate."""

    open = "open", "说（已提出）"
    discussed = "discussed", "商（已商议）"
    in_progress = "in_progress", "办（办理中）"
    resolved = "resolved", "已解决"
    evaluated = "evaluated", "评（已评议）"


class ProjectStatus(Term):
    """State of a project."""

    planned = "planned", "计划"
    active = "active", "进行中"
    done = "done", "完成"
    stopped = "stopped", "停止"


class MechanismKind(Term):
    """Kinds of standing arrangements."""

    joint_meeting = "joint_meeting", "联席会议"
    escalation = "escalation", "上报"
    linkage = "linkage", "联动"
    service_circle = "service_circle", "服务圈"
    dual_registration = "dual_registration", "双报到"
    points = "points", "积分"
    three_lists = "three_lists", "三张清单"
    duty_roster = "duty_roster", "值班"
    post_rule = "post_rule", "任职安排"
    contact = "contact", "联系点"
    deliberation = "deliberation", "恳谈会、议事委员会"
    charter = "charter", "规章、公约、责任清单"
    appraisal = "appraisal", "述职评议考核"
    work_method = "work_method", "工作法"
    mediation = "mediation", "调解平台"
    platform = "platform", "平台"
    grid_system = "grid_system", "网格体系"
    demonstration = "demonstration", "示范点"
    brand = "brand", "品牌"


class Party(Term):
    """Parties to a mechanism, by role rather than by name."""

    district = "district", "区"
    subdistrict_work_committee = "subdistrict_work_committee", "街道党工委"
    community_party_org = "community_party_org", "社区党组织"
    quarter_branch = "quarter_branch", "小区党支部"
    party_group = "party_group", "党小组"
    party_members = "party_members", "党员"
    residents_committee = "residents_committee", "居委会"
    owners_committee = "owners_committee", "业委会"
    supervision_committee = "supervision_committee", "监督委员会"
    property = "property", "物业"
    social_organization = "social_organization", "社会组织"
    volunteers = "volunteers", "志愿者"
    residents = "residents", "居民"
    grid_worker = "grid_worker", "网格员"
    building_head = "building_head", "楼栋长"
    medical = "medical", "医生护士"
    police = "police", "民警"
    lawyer = "lawyer", "律师"
    member_units = "member_units", "成员单位"
    government_department = "government_department", "政府部门"


class MechanismMode(Term):
    """How binding a mechanism is in its source."""

    required = "required", "要求"
    encouraged = "encouraged", "鼓励"
    practised = "practised", "已实行"
    pilot = "pilot", "试点"
    target = "target", "目标（尚未实行）"


class MeetingKind(Term):
    """Kinds of dated meetings."""

    joint_conference = "joint_conference", "联席会议"
    general_meeting = "general_meeting", "党员大会"
    branch_committee = "branch_committee", "支委会"
    group_meeting = "group_meeting", "党小组会"
    theme_day = "theme_day", "主题党日"
    owners_assembly = "owners_assembly", "业主大会"
    election = "election", "换届选举"
    talk = "talk", "恳谈会"


class MeetingStatus(Term):
    """State of a meeting."""

    planned = "planned", "计划"
    held = "held", "已召开"
    cancelled = "cancelled", "取消"


class Qualifier(Term):
    """How exactly a published figure is meant."""

    exact = "exact", "确数"
    at_least = "at_least", "至少（余）"
    about = "about", "约"
    at_most = "at_most", "至多"


class ClaimNature(Term):
    """What kind of statement a figure is."""

    observed = "observed", "现状"
    target = "target", "目标"
    forecast = "forecast", "预计"
    norm = "norm", "要求"


class DocumentKind(Term):
    """Kinds of source documents."""

    news = "news", "新闻报道"
    statement = "statement", "情况说明"
    register = "register", "台账"
    regulation = "regulation", "法规文件"
    decision = "decision", "任免决定"
    generated = "generated", "生成数据"


class ResourceCategory(Term):
    """What a resource is; the documents' own range."""

    legal_aid = "legal_aid", "法律咨询"
    medical = "medical", "巡诊义诊"
    after_school = "after_school", "四点半课堂"
    early_childhood = "early_childhood", "亲子早教"
    elderly_care = "elderly_care", "养老照料"
    minors_care = "minors_care", "关爱未成年人"
    handy_repair = "handy_repair", "便民修补"
    venue = "venue", "场地"
    tool_share = "tool_share", "共享工具"
    volunteers = "volunteers", "志愿者"
    security_patrol = "security_patrol", "治安巡逻"
    mediation = "mediation", "矛盾调解"
    env_clean = "env_clean", "环境整治"
    policy_publicity = "policy_publicity", "政策宣传"
    culture_sport = "culture_sport", "文体活动"
    admin_service = "admin_service", "政务代办"
    epidemic_support = "epidemic_support", "疫情防控"
    infrastructure = "infrastructure", "基础设施"
    finance_edu = "finance_edu", "金融与学校资源"
    funding = "funding", "资金"


class NeedCategory(Term):
    """What a need is about."""

    parking = "parking", "停车出行"
    property_dispute = "property_dispute", "业主与物业矛盾"
    neighbour_dispute = "neighbour_dispute", "邻里家庭矛盾"
    housing_quality = "housing_quality", "房屋质量"
    sewage_garbage = "sewage_garbage", "污水垃圾"
    security_monitor = "security_monitor", "治安监控"
    self_governance_failure = "self_governance_failure", "自治失效"
    elderly = "elderly", "养老照料"
    children = "children", "课后托管"
    medical_need = "medical_need", "就医义诊"
    legal_need = "legal_need", "法律咨询"
    culture_need = "culture_need", "文体活动"
    admin_need = "admin_need", "政务代办"
    epidemic_need = "epidemic_need", "疫情防控"
    employment = "employment", "就业增收"
    environment = "environment", "环境卫生"
    weak_infrastructure = "weak_infrastructure", "基础设施薄弱"


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


class TakingPart(Term):
    """Role in a mechanism, meeting or project."""

    convener = "convener", "召集"
    required = "required", "应到"
    invited = "invited", "邀请"
    lead = "lead", "牵头"
    helper = "helper", "协助"


class Register(Term):
    """Lists that a source may close (`COMPLETE_IN.subject`)."""

    area = "area", "辖区"
    quarter = "quarter", "小区"
    building = "building", "楼栋"
    grid = "grid", "网格"
    party_organization = "party_organization", "党组织"
    owners_committee = "owners_committee", "业委会"
    property_project = "property_project", "物业项目"
    team = "team", "队伍"
    station = "station", "党群服务阵地"
    meeting = "meeting", "会议"
    need = "need", "需求"
    resource = "resource", "资源"
    co_building = "co_building", "共建"
    post = "post", "任职"
    membership = "membership", "组织关系"
    report = "report", "双报到"
    residence = "residence", "居住"
    ownership = "ownership", "房产"
    employment = "employment", "任职单位"
    kinship = "kinship", "亲属"


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


NEED_MEETS: dict[NeedCategory, tuple[ResourceCategory, ...]] = {
    category: tuple(ResourceCategory[r] for r in resources.split())
    for category, resources in {
        NeedCategory.parking: "infrastructure mediation",
        NeedCategory.property_dispute: "mediation legal_aid",
        NeedCategory.neighbour_dispute: "mediation",
        NeedCategory.housing_quality: "infrastructure legal_aid",
        NeedCategory.sewage_garbage: "infrastructure env_clean",
        NeedCategory.security_monitor: "security_patrol",
        NeedCategory.self_governance_failure: "",
        NeedCategory.elderly: "elderly_care medical",
        NeedCategory.children: "after_school minors_care",
        NeedCategory.medical_need: "medical",
        NeedCategory.legal_need: "legal_aid",
        NeedCategory.culture_need: "culture_sport venue",
        NeedCategory.admin_need: "admin_service",
        NeedCategory.epidemic_need: "epidemic_support volunteers",
        NeedCategory.employment: "",
        NeedCategory.environment: "env_clean",
        NeedCategory.weak_infrastructure: "infrastructure funding",
    }.items()
}
"""Which resources would meet a need; fills `Need.resource_categories` where it is left empty."""
