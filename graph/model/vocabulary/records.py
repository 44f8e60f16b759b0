"""Words about mechanisms, meetings, published figures, documents and registers."""

from __future__ import annotations

from graph.model.base import Term


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
