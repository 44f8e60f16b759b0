"""The deployment files say what they must: fixed versions, loopback ports, no password, health."""

from __future__ import annotations

import re
import shutil
import subprocess
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import yaml

import graph
from graph.settings import SETTINGS_TABLE, Settings
from graph.store.addresses import read_addresses
from tests.neo4j_server.artifacts import pinned_version

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"

Service = dict[str, Any]
SERVICES: dict[str, Service] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
OURS = ("cobuild", "load")
STAY_UP = [name for name, service in SERVICES.items() if service["restart"] != "no"]


def base_images() -> list[str]:
    """List the images that the Dockerfile builds on."""
    return re.findall(r"^FROM (\S+)", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("image", [*(s["image"] for s in SERVICES.values()), *base_images()])
def test_images_have_a_fixed_tag(image: str) -> None:
    """A tag with a full version; what runs changes only when a file here changes."""
    _, colon, tag = image.partition(":")
    assert colon
    assert "latest" not in tag
    assert re.match(r"\d+\.\d+\.\d+", tag)


def test_versions_agree() -> None:
    """Compose runs the Neo4j that the tests run, and the image carries our own version."""
    assert SERVICES["neo4j"]["image"] == f"neo4j:{pinned_version()}-community"
    assert {SERVICES[name]["image"] for name in OURS} == {f"cobuild-graph:{graph.__version__}"}
    assert len({image for image in base_images() if image.startswith("python:")}) == 1


def test_services_that_stay_up_have_a_health_check() -> None:
    """The one-shot service alone goes without."""
    assert sorted(STAY_UP) == ["cobuild", "neo4j"]
    for name in STAY_UP:
        assert SERVICES[name]["healthcheck"]["test"], name


def test_our_health_check_is_valid_python() -> None:
    """It runs in the container only, so that a slip would show nowhere else."""
    command = SERVICES["cobuild"]["healthcheck"]["test"]
    assert command[:3] == ["CMD", "python", "-c"]
    compile(command[3], "health check", "exec")
    assert "/health/ready" in command[3]


def test_ports_are_published_to_loopback_only() -> None:
    """The service has no log-in: whoever reaches its port may use it."""
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    for port in ports:
        address, _, _ = port.rpartition(":")[0].rpartition(":")
        assert ip_address(address).is_loopback, port
    assert not any("network_mode" in service for service in SERVICES.values())


def test_no_password_is_written_down() -> None:
    """Passwords come from the environment, and an unset one stops the start."""
    secret = re.compile("PASSWORD|AUTH|SECRET|TOKEN")
    given = [
        value
        for service in SERVICES.values()
        for name, value in service["environment"].items()
        if secret.search(name) and name != "COBUILD_AUTH"
    ]
    assert len(given) == len(SERVICES)
    for value in given:
        assert re.fullmatch(r"(neo4j/)?\$\{NEO4J_PASSWORD:\?[^}]+}", value), value


@pytest.mark.parametrize("name", OURS)
def test_ours_wait_for_a_healthy_neo4j(name: str) -> None:
    """A service that starts first would only report that the graph is not there."""
    assert SERVICES[name]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", OURS)
def test_ours_can_change_nothing_but_their_volume(name: str) -> None:
    """Read-only root, no capabilities, no root user, and the data folder on a volume."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    folder = service["environment"]["COBUILD_DATA_DIR"]
    assert f"cobuild-data:{folder}" in service["volumes"]
    users = re.findall(r"^USER (\S+)", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}


def test_neo4j_reads_no_file_for_a_query() -> None:
    """Both settings, without which LOAD CSV reads any file; and no usage report."""
    settings = SERVICES["neo4j"]["environment"]
    assert settings["NEO4J_server_directories_import"] == "/var/lib/neo4j/import"
    assert settings["NEO4J_dbms_security_allow__csv__import__from__file__urls"] == "false"
    assert settings["NEO4J_dbms_usage__report_enabled"] == "false"


def test_memory_is_bounded() -> None:
    """Every service has a limit, and Neo4j's heap and page cache leave room below it."""
    assert all("mem_limit" in service for service in SERVICES.values())
    settings = SERVICES["neo4j"]["environment"]
    heap = mebibytes(settings["NEO4J_server_memory_heap_max__size"])
    cache = mebibytes(settings["NEO4J_server_memory_pagecache_size"])
    assert heap + cache <= 0.8 * mebibytes(SERVICES["neo4j"]["mem_limit"])


def test_memory_holds_the_engines_that_may_run() -> None:
    """The service, its copies of areas and one more while one replaces another, each with its heap."""
    service = SERVICES["cobuild"]
    settings = Settings.from_environment(service["environment"])
    engine = mebibytes(settings.heap) + 256
    assert 512 + (settings.copies + 1) * engine <= mebibytes(service["mem_limit"])


def test_no_invented_data_is_loaded() -> None:
    """Nothing that starts loads by itself what ships along: it is for trying things out."""
    for name in OURS:
        words = [*SERVICES[name].get("entrypoint", []), *SERVICES[name]["command"]]
        assert not {"--all", "--seed"} & set(words), name
    assert 'CMD ["run"]' in DOCKERFILE.read_text(encoding="utf-8")
    folders = [volume.split(":") for volume in SERVICES["load"]["volumes"]]
    assert ["./deliveries", "/deliveries", "ro"] in folders


def mebibytes(size: str) -> int:
    """Read a size as Docker and Neo4j both write it, `512m` or `2g`."""
    return int(size[:-1]) * {"m": 1, "g": 1024}[size[-1]]


def test_our_variables_are_documented_settings() -> None:
    """A variable with a typing error would be ignored in silence; values are strings."""
    known = {setting.name for setting in SETTINGS_TABLE}
    for name in OURS:
        environment = SERVICES[name]["environment"]
        assert set(environment) <= known
        assert all(isinstance(value, str) for value in environment.values())
    Settings.from_environment(SERVICES["cobuild"]["environment"])


def test_the_image_gets_only_what_it_needs() -> None:
    """Hashed requirements, and a build context that names what it lets in."""
    steps = DOCKERFILE.read_text(encoding="utf-8")
    assert "pip install --no-deps --require-hashes -r" in steps
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    lines = [line for line in ignored if line and not line.startswith("#")]
    assert lines[0] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    copied = {
        source.removeprefix("./")
        for line in re.findall(r"^COPY (?!--)(.+)$", steps, re.MULTILINE)
        for source in line.split()[:-1]
    }
    assert copied == let_in


def test_docker_accepts_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """`docker compose config` reads it, and refuses it without a password; needs no engine."""
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode
    ):
        pytest.skip("Docker's compose plugin is not installed.")
    command = [docker, "compose", "--profile", "load", "--file", str(COMPOSE), "config", "--quiet"]
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "NEO4J_PASSWORD" in refused.stderr
    assert refused.returncode != 0
    monkeypatch.setenv("NEO4J_PASSWORD", "only-for-this-test")
    subprocess.run(command, check=True)


CLUSTER: dict[str, Service] = yaml.safe_load(
    (ROOT / "docker-compose.cluster.yml").read_text(encoding="utf-8")
)["services"]
INSTANCES = ("cobuild1", "cobuild2")
MEMBERS = ("neo4j1", "neo4j2", "neo4j3")


def test_the_cluster_names_its_own_members() -> None:
    """Each instance asks all members by routing, shares a ledger, and waits until all are healthy."""
    for name in INSTANCES:
        environment = CLUSTER[name]["environment"]
        assert set(environment) <= {setting.name for setting in SETTINGS_TABLE}
        settings = Settings.from_environment({**environment, "NEO4J_PASSWORD": "x"})
        found = read_addresses(str(settings.neo4j_uri))
        assert found.routed
        assert found.members == tuple(f"{member}:7687" for member in MEMBERS)
        assert settings.ledger_url is not None
        assert "@ledger/" in settings.ledger_url.get_secret_value()
        assert set(CLUSTER[name]["depends_on"]) == {*MEMBERS, "ledger"}
        assert CLUSTER[name]["command"] == ["run"]
    folders = [CLUSTER[name]["volumes"] for name in INSTANCES]
    assert folders[0] != folders[1]
    for member in MEMBERS:
        environment = CLUSTER[member]["environment"]
        assert (
            environment["NEO4J_server_default__advertised__address"] == CLUSTER[member]["hostname"] == member
        )
        points = environment["NEO4J_dbms_cluster_discovery_v2_endpoints"].split(",")
        assert points == [f"{one}:6000" for one in MEMBERS]


def test_the_cluster_is_as_careful() -> None:
    """Fixed versions that agree, loopback only, no password written down, health and bounded memory."""
    for name, service in CLUSTER.items():
        assert re.search(r":\d+\.\d+\.\d+", service["image"]), name
        assert service["healthcheck"]["test"], name
        assert mebibytes(service["mem_limit"]), name
        for port in service.get("ports", []):
            assert ip_address(port.split(":")[0]).is_loopback
        for variable, value in service.get("environment", {}).items():
            if re.search("PASSWORD|AUTH|LEDGER_URL", variable) and variable != "COBUILD_AUTH":
                assert ":?" in value, variable
    assert {CLUSTER[m]["image"] for m in MEMBERS} == {f"neo4j:{pinned_version()}-enterprise"}
    assert {CLUSTER[name]["image"] for name in INSTANCES} == {SERVICES["cobuild"]["image"]}
