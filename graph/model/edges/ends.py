"""Groups of labels that edges join."""

PLACES = ("Area", "Quarter", "Building", "Grid")
BODIES = (
    "PartyOrganization",
    "ResidentsCommittee",
    "OwnersCommittee",
    "SupervisionCommittee",
    "PropertyProject",
)
UNITS = ("Unit", "PropertyFirm")
