"""Coordinates of a delivery: refused where their system is not said, converted where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import prcoords

from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.rows import NodeRow

LATITUDES, LONGITUDES = (3.0, 54.0), (73.0, 136.0)
"""Bounds of China, in degrees: a swapped pair does not pass."""

_TO_WGS84: dict[str, Callable[[tuple[float, float]], tuple[float, float]]] = {
    "gcj02": prcoords.gcj_wgs_bored,
    "bd09": prcoords.bd_wgs_bored,
}


def check_coordinates(delivery: Delivery) -> list[Finding]:
    """Findings for coordinates that are half given, out of bounds, or of an unknown system."""
    findings = []
    for node in _doubtful(delivery):
        lat, lon = node.properties.get("lat"), node.properties.get("lon")
        if lat is None and lon is None:
            continue
        file = f"nodes/{node.label}.csv"
        if lat is None or lon is None:
            zh, en = "经纬度应同时填写", "latitude and longitude are given together"
        elif delivery.manifest.coordinates is None:
            zh = "交付说明未写坐标系 coordinates（wgs84、gcj02 或 bd09），相差可达数百米"
            en = "the manifest does not say which coordinates: wgs84, gcj02 or bd09"
        elif not _in_china(lat, lon):
            zh, en = "坐标不在中国范围内（是否颠倒？）", "outside China: are the two swapped?"
        else:
            continue
        findings.append(Finding(file, node.row, "lat", f"{lat}, {lon}", zh, en))
    return findings


def _doubtful(delivery: Delivery) -> Iterator[NodeRow]:
    """The nodes that have coordinates, but for those of which nothing is to be said, found by column."""
    said = delivery.manifest.coordinates is not None
    for block in delivery.nodes.blocks:
        if block.has("lat") or block.has("lon"):
            pairs = enumerate(zip(block.column("lat"), block.column("lon"), strict=True))
            yield from block.pick(
                [i for i, (lat, lon) in pairs if None in (lat, lon) or not (said and _in_china(lat, lon))]
            )


def to_wgs84(delivery: Delivery) -> None:
    """Convert coordinates in place, those that can be."""
    convert = _TO_WGS84.get(delivery.manifest.coordinates or "")
    if convert is None:
        return
    for block in delivery.nodes.blocks:
        if block.has("lat") and block.has("lon"):
            pairs = enumerate(zip(block.column("lat"), block.column("lon"), strict=True))
            placed = {i: pair for i, pair in pairs if None not in pair and _in_china(*pair)}
            found = {i: convert(pair) for i, pair in placed.items()}
            for at, name in enumerate(("lat", "lon")):
                block.change(name, {i: round(pair[at], 7) for i, pair in found.items()})


def _in_china(lat: float, lon: float) -> bool:
    return LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
