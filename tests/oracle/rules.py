"""Nine rules recomputed: which function recomputes which file.

Above the rules. `RULES` maps the name of a catalogue file to its recomputation, which takes the
file's parameters by name; its result is keyed by the values of the file's `@identity` columns.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.oracle import co_building, committees, conflicts, needs, promotions
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
    "party_member_head_not_parttime_commissioner": co_building.head_is_part_time_member,
    "community_secretary_director_not_unified": co_building.secretary_is_director,
    "big_committee_parttime_count_out_of_range": co_building.part_time_count,
    "parttime_commissioner_ineligible": co_building.part_time_member_eligible,
    "big_committee_category_gap": co_building.categories_complete,
    "need_without_resource_path": needs.need_has_path,
}
