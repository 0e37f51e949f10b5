"""What is deployed and cannot be run here: parsed, and held to what the site and its own files say."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.service import MOUNTED, create_service
from api.versions import PUBLISHED
from tests.browser.server import ROOT
from tests.deploy.nginx import COPIED

DEPLOY = ROOT / "deploy"
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
NGINX = (DEPLOY / "nginx" / "nginx.conf").read_text(encoding="utf-8")
LISTS = [(DEPLOY / "nginx" / name).read_text(encoding="utf-8") for name in ("visits.conf", "service.conf")]
REPLICAS = [re.findall(r"^server (\S+):(\d+) ", listed, re.M) for listed in LISTS]
KINDS = {
    document["kind"]: document
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
}
POD = KINDS["Deployment"]["spec"]["template"]["spec"]
CONTAINER = POD["containers"][0]
UPLOAD = f"{SETTINGS['server']['maxUploadSize'] + 1}m"


def instructions() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile, each with its arguments on one line."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), flags=re.M)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line)]


IMAGE = instructions()
LAST_STAGE = IMAGE[max(number for number, (name, _) in enumerate(IMAGE) if name == "FROM") :]


def of(name: str) -> list[str]:
    return [rest for instruction, rest in LAST_STAGE if instruction == name]


def test_the_image_runs_as_nobody_and_installs_only_what_is_pinned() -> None:
    assert of("USER") == ["10001:10001"]
    installs = [rest for _, rest in IMAGE if "pip install" in rest]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0] and installs[0].endswith("-r requirements.txt")
    # The last stage has no tool that builds, and no line after USER that would need root.
    assert not any("pip" in rest or "apt" in rest for _, rest in LAST_STAGE)
    assert "RUN" not in [name for name, _ in LAST_STAGE[[name for name, _ in LAST_STAGE].index("USER") :]]


def test_the_image_holds_the_site_and_nothing_else() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line[0] == "!"} == {*COPIED, "requirements.txt"}
    for left_out in ("data/observatory.*", "data/published"):
        assert left_out in lines


def test_the_image_holds_the_database_and_writes_only_among_the_published_versions() -> None:
    assert any("-m etl build" in rest for _, rest in IMAGE)
    place = f"/site/{PUBLISHED.relative_to(ROOT)}"
    assert of("VOLUME") == [place]
    assert of("RUN")[-1] == f"chown 10001:10001 {place}"
    assert {volume.split(":")[1] for volume in COMPOSE["x-site"]["volumes"]} == {place}
    temporary = COMPOSE["x-site"]["tmpfs"][0].partition(":")[0]
    assert {mount["mountPath"] for mount in CONTAINER["volumeMounts"]} == {temporary, place}


def test_every_container_is_read_only_without_rights_and_bounded() -> None:
    for service in COMPOSE["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["mem_limit"] and service["cpus"] and service["pids_limit"] and service["tmpfs"]
    assert CONTAINER["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert POD["securityContext"]["runAsNonRoot"] is True
    assert f"{POD['securityContext']['runAsUser']}:{POD['securityContext']['runAsGroup']}" == of("USER")[0]
    assert set(CONTAINER["resources"]["limits"]) == {"cpu", "memory"}


def test_the_ports_agree() -> None:
    (port,) = of("EXPOSE")
    assert f'"--server.port", "{port}"' in of("CMD")[-1]
    assert f"127.0.0.1:{port}/api/health" in of("HEALTHCHECK")[0]
    assert {one for listed in REPLICAS for _, one in listed} == {port}
    assert CONTAINER["ports"] == [{"name": "http", "containerPort": int(port)}]
    assert KINDS["Service"]["spec"]["ports"][0]["targetPort"] == "http"
    assert COMPOSE["services"]["nginx"]["ports"] == ["8080:8080"] and "listen 8080;" in NGINX


def test_nginx_and_the_rolling_update_know_each_replica_of_compose() -> None:
    replicas = [name for name in COMPOSE["services"] if name != "nginx"]
    assert [[name for name, _ in listed] for listed in REPLICAS] == [replicas, replicas]
    assert f"for replica in {' '.join(replicas)}; do" in (DEPLOY / "roll").read_text(encoding="utf-8")
    fixed = {name: COMPOSE["services"][name]["networks"]["default"]["ipv4_address"] for name in replicas}
    assert COMPOSE["services"]["nginx"]["extra_hosts"] == [f"{name}:{address}" for name, address in fixed.items()]
    assert set(COMPOSE["services"]["nginx"]["depends_on"]) == set(replicas)


def test_probes_ask_addresses_that_exist() -> None:
    known = {f"{MOUNTED}{route.path}" for route in create_service().routes}
    asked = {name: CONTAINER[f"{name}Probe"]["httpGet"] for name in ("startup", "readiness", "liveness")}
    assert asked["startup"]["path"] == asked["readiness"]["path"] == "/api/health"
    assert "/api/health" in known
    # Streamlit's own, which answers without data.
    assert asked["liveness"]["path"] == "/_stcore/health"
    assert {one["port"] for one in asked.values()} == {CONTAINER["ports"][0]["name"]}


def test_an_upload_that_the_site_takes_passes_every_proxy() -> None:
    assert re.findall(r"client_max_body_size (\S+);", NGINX) == ["64k", UPLOAD]
    annotations = KINDS["Ingress"]["metadata"]["annotations"]
    assert annotations["nginx.org/client-max-body-size"] == UPLOAD
    assert annotations["nginx.ingress.kubernetes.io/proxy-body-size"] == UPLOAD


def test_a_rolling_update_of_the_cluster_takes_no_replica_away_and_leaves_time_to_stop() -> None:
    assert KINDS["Deployment"]["spec"]["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    rests = int(CONTAINER["lifecycle"]["preStop"]["exec"]["command"][1])
    assert POD["terminationGracePeriodSeconds"] >= rests + int(COMPOSE["x-site"]["stop_grace_period"].rstrip("s"))
    # The autoscaler alone says how many.
    assert "replicas" not in KINDS["Deployment"]["spec"]
    assert KINDS["HorizontalPodAutoscaler"]["spec"]["minReplicas"] >= 2


@pytest.mark.parametrize("kind", ["Deployment", "Service", "PodDisruptionBudget"])
def test_what_selects_pods_selects_those_of_the_site(kind: str) -> None:
    spec: dict[str, Any] = KINDS[kind]["spec"]
    selected = spec["selector"] if kind == "Service" else spec["selector"]["matchLabels"]
    assert selected == KINDS["Deployment"]["spec"]["template"]["metadata"]["labels"]


def test_what_is_named_in_the_cluster_is_there() -> None:
    service, claim = KINDS["Service"], KINDS["PersistentVolumeClaim"]
    backend = KINDS["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend == {"name": service["metadata"]["name"], "port": {"name": service["spec"]["ports"][0]["name"]}}
    assert KINDS["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == KINDS["Deployment"]["metadata"]["name"]
    claimed = [one["persistentVolumeClaim"]["claimName"] for one in POD["volumes"] if "persistentVolumeClaim" in one]
    assert claimed == [claim["metadata"]["name"]]
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    assert service["spec"]["sessionAffinity"] == "ClientIP"


def test_the_rolling_update_takes_one_replica_away_and_gives_it_back(tmp_path: Path) -> None:
    """The script itself, with a `docker` that writes down what it is asked and whom nginx would leave alone then."""
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    told = tmp_path / "told"
    away = "$(grep -h ' down;$' nginx/visits.conf nginx/service.conf | cut -d ' ' -f 2 | tr '\\n' ' ')"
    docker = tmp_path / "docker"
    docker.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$last: {away}" >> "{told}"\n', encoding="utf-8")
    docker.chmod(0o755)
    (tmp_path / "sleep").symlink_to("/bin/true")
    subprocess.run([tmp_path / "deploy" / "roll"], env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, check=True)
    first, second = "site-1:8501 site-1:8501", "site-2:8501 site-2:8501"
    steps = [line.strip() for line in told.read_text(encoding="utf-8").splitlines()]
    assert steps == [
        "site-1:",  # built
        f"reload: {first}",
        f"site-1: {first}",
        "reload:",
        f"reload: {second}",
        f"site-2: {second}",
        "reload:",
    ]
    for name in ("visits.conf", "service.conf"):
        assert (tmp_path / "deploy" / "nginx" / name).read_bytes() == (DEPLOY / "nginx" / name).read_bytes()


def test_the_page_on_deployment_says_what_the_configuration_does() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(\.\./([^)]+)\)", page)
    assert links and [link for link in links if not (ROOT / link).exists()] == []
    limits = (DEPLOY / "nginx" / "limits.conf").read_text(encoding="utf-8")
    (rate,) = re.findall(r"rate=(\d+)r/s", limits)
    (burst,) = re.findall(r"burst=(\d+)", NGINX)
    (connections,) = re.findall(r"limit_conn connections (\d+)", NGINX)
    (headers_s,) = re.findall(r"client_header_timeout (\d+)s", NGINX)
    assert f"{rate} requests a second, {burst} at once" in page
    assert f"over {connections} connections; a body is 64 kB" in page
    assert f"more than {headers_s} s to say its headers" in page
