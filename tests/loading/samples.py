"""Deliveries for import tests: a small valid one, written as files and then spoiled."""

from __future__ import annotations

from pathlib import Path

MANIFEST = """format = 1
place = "sample"
place_zh = "样例"
area = "990102000000"
source = "d-990102-register"
batch = "1"
synthetic = true
"""
TABLES = {
    "nodes/SourceDocument": "id,name,kind\nd-990102-register,样例台账,generated\n",
    "nodes/Area": ("id,name,level\n990102000000,样例区,district\n990102001000,样例街道,subdistrict\n"),
    "nodes/Quarter": "id,name,households\nq-990102-1,样例小区一,120\nq-990102-2,样例小区二,\n",
    "nodes/OwnersCommittee": "id,name,kind,seats\noc-990102-1,一号业委会,owners_committee,5\n",
    "nodes/PartyOrganization": "id,name,tier,level\npo-990102-1,一号支部,branch,quarter\n",
    "nodes/Person": "id,name,party_status\np-990102-1,样例人一,full\np-990102-2,样例人二,\n",
    "edges/PART_OF": (
        "from,to,since\n990102001000,990102000000,\nq-990102-1,990102001000,2020-01-01\n"
        "q-990102-2,990102001000,\n"
    ),
    "edges/COVERS": "from,to,since\noc-990102-1,q-990102-1,2023-01-01\npo-990102-1,q-990102-1,\n",
    "edges/HOLDS_POST": (
        "from,to,role,since,until\np-990102-1,oc-990102-1,chair,2023-01-01,\n"
        "p-990102-1,po-990102-1,secretary,2022-01-01,2025-01-01\n"
        "p-990102-2,oc-990102-1,member,2023-01-01,\n"
    ),
}


SAMPLE = "d-990102-register"
OTHER = MANIFEST.replace(SAMPLE, "d-990102-other").replace('batch = "1"', 'batch = "2"')
EMPTY = {name.replace("/", "__"): text.split("\n")[0] + "\n" for name, text in TABLES.items()}
DOCUMENT = "id,name,kind\nd-990102-other,另一台账,generated\n"
CHANGED = {
    "nodes__Quarter": TABLES["nodes/Quarter"].replace(",120", ",130"),
    "nodes__Person": TABLES["nodes/Person"] + "p-990102-3,样例人三,\n",
    "edges__COVERS": "from,to,since\noc-990102-1,q-990102-1,2023-01-01\n",
    "edges__HOLDS_POST": "from,to,role,since,until\np-990102-3,oc-990102-1,chair,2025-05-01,\n",
    "edges__PART_OF": TABLES["edges/PART_OF"].replace("q-990102-2,990102001000", "q-990102-2,990102000000"),
}


def write_delivery(folder: Path, **changed: str) -> Path:
    r"""The sample, with tables replaced: `nodes__Person="id,name\\n…"`, `manifest="…"`."""
    tables = {**TABLES, **{k.replace("__", "/"): v for k, v in changed.items() if k != "manifest"}}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.toml").write_text(changed.get("manifest", MANIFEST), "utf-8")
    for name, text in tables.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
