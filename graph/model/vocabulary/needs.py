"""Words about needs, the resources that meet them, and projects."""

from __future__ import annotations

from graph.model.base import Term


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
