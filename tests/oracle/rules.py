"""Rules recomputed: which function recomputes which file.

Above the rules. `RULES` maps the name of a catalogue file to its recomputation, which takes the
file's parameters by name; its result is keyed by the values of the file's `@identity` columns.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle import (
    co_building,
    committees,
    conflicts,
    kinship,
    meetings,
    members,
    needs,
    owners_committees,
    party_chains,
    party_organizations,
    persons,
    promotions,
    property_service,
    services,
    triple_hats,
)
from tests.oracle.view import Verdicts

RULES: dict[str, Callable[..., Verdicts]] = {
    "owners_committee_member_not_owner": committees.member_not_owner,
    "owners_committee_party_ratio_low": committees.party_share,
    "secretary_chair_not_unified": promotions.secretary_is_chair,
    "secretary_chair_cross_appointment_missing": promotions.secretary_or_chair_in_both,
    "two_committee_member_not_in_owners_committee": promotions.two_committee_member_sits,
    "three_party_cross_appointment_gap": promotions.three_parties,
    "coi_owners_committee_property_staff": conflicts.employed_by_firm,
    "coi_self_supervision_managed_property": conflicts.manages_and_supervises,
    "concurrent_post_paid": conflicts.concurrent_paid,
    "quarter_without_owners_committee": owners_committees.none_in_quarter,
    "owners_committee_size_invalid": owners_committees.size,
    "owners_committee_term_expired": owners_committees.term,
    "owners_committee_quorum_lost": owners_committees.quorum,
    "owners_committee_filing_overdue": owners_committees.filing,
    "quarter_without_property_service": property_service.no_service,
    "property_company_without_party_org": property_service.no_party_organization,
    "quarter_without_party_branch": party_organizations.without_branch,
    "branch_below_min_members": party_organizations.below_min,
    "branch_over_max_members": party_organizations.over_max,
    "branch_committee_structure_invalid": party_organizations.committee_structure,
    "joint_branch_too_many_units": party_organizations.joint_units,
    "party_org_tier_mismatch": party_chains.tier_fits,
    "party_term_expired": party_chains.term,
    "branch_secretary_ineligible": party_organizations.secretary,
    "party_hierarchy_broken": party_chains.hierarchy,
    "quarter_without_volunteer_team": services.volunteer_teams,
    "quarter_outside_service_circle": services.service_circle,
    "grid_chain_incomplete": services.grid_chain,
    "joint_meeting_overdue": meetings.joint_conference,
    "community_staffing_low": services.community_staffing,
    "branch_meeting_overdue": meetings.branch_meetings,
    "duty_roster_gap": services.duty_roster,
    "party_member_double_counted": members.counted_twice,
    "two_committees_overlap_low": members.two_committees_overlap,
    "member_unit_without_resource": members.unit_gives_nothing,
    "double_report_gap": members.not_registered,
    "party_member_category_missing": members.category_missing,
    "party_member_head_not_parttime_commissioner": co_building.head_is_part_time_member,
    "community_secretary_director_not_unified": co_building.secretary_is_director,
    "big_committee_parttime_count_out_of_range": co_building.part_time_count,
    "parttime_commissioner_ineligible": co_building.part_time_member_eligible,
    "big_committee_category_gap": co_building.categories_complete,
    "need_without_resource_path": needs.need_has_path,
    "coi_owners_committee_kin_property_staff": kinship.relative_employed,
    "triple_hat_secretary_chair_manager": triple_hats.hats,
    "civil_servant_concurrent_post_unapproved": persons.outside_posts,
    "supervision_body_overlap": persons.supervisors_apart,
    "too_many_posts_per_person": persons.too_many_posts,
}
