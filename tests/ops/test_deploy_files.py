"""deploy/: what can be proven without a container engine. The image's layout serves, and the files say what ours can read."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request

import pytest
import yaml

from superviseme.config.names import GROUPS
from superviseme.ops.cli import parser
from superviseme.ops.releases.unpack import lay_out
from superviseme.places import CODE
from tests.house.test_runbook import leaves

from .releases.making import BUILT, free_port, until

DEPLOY = CODE / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
NAMES = {name.name for group in GROUPS.values() for name in group}
OURS = ("web", "scheduler", "migrate")
UNITS = sorted(DEPLOY.glob("*.service"))


@pytest.mark.skipif(not BUILT, reason="the static files are not built")
def test_the_image_serves_as_anybody_from_a_folder_it_cannot_write(tmp_path):
    app, data, port = tmp_path / "app", tmp_path / "data", free_port()
    app.mkdir()
    data.mkdir()
    lay_out(app, CODE).unlink()
    (app / ".venv").symlink_to(sys.prefix)
    subprocess.run(["chmod", "-R", "a-w", app], check=True)
    mine = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    said = mine | {"SITE_MODE": "demo", "DATA_DIR": str(data), "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1"}
    words = {"env": said, "cwd": data, "capture_output": True, "text": True}
    done = subprocess.run([app / "runbook", "migrate"], timeout=120, **words)
    assert (done.returncode, done.stderr[-300:] if done.returncode else "") == (0, "")
    web = subprocess.Popen([app / "runbook", "serve", "web"], env=said, cwd=data, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _live(port))
        page = _get(port, "/login")
        style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
        assert ("csrfmiddlewaretoken" in page, len(_get(port, style)) > 1000) == (True, True)
        assert not list(app.rglob("__pycache__"))
    finally:
        web.terminate()
        web.wait(timeout=60)
        subprocess.run(["chmod", "-R", "u+w", app], check=True)


def _get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return answer.read().decode()


def _live(port):
    with contextlib.suppress(OSError):
        return bool(_get(port, "/health/live"))


@pytest.mark.parametrize("service", OURS)
def test_compose_gives_each_role_names_that_exist_and_takes_everything_else_away(service):
    said = COMPOSE["services"][service]
    names = {name.removesuffix("_FILE") for name in said["environment"]}
    assert names - NAMES == set()
    assert (said["read_only"], said["cap_drop"]) == (True, ["ALL"])
    assert " ".join(said["command"]) in leaves(parser()) | {"serve web", "serve scheduler"}
    assert said["environment"]["ENABLE_SCHEDULER"] == ("true" if service == "scheduler" else "false")


def test_compose_runs_one_scheduler_and_names_only_secrets_that_it_has():
    services = COMPOSE["services"].values()
    assert [one.get("command") for one in services].count(["serve", "scheduler"]) == 1
    used = {name for one in services for name in one.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    networks = {name for one in services for name in one["networks"]}
    assert networks == set(COMPOSE["networks"])


def test_the_image_is_not_root_and_starts_the_web():
    lines = (DEPLOY / "Containerfile").read_text()
    words = re.findall(r"^(\w+) (.*?)(?<!\\)$", lines, re.MULTILINE | re.DOTALL)
    by = dict(words)
    assert (by["USER"], by["CMD"], by["ENTRYPOINT"]) == ("10001", '["serve", "web"]', '["/app/runbook"]')
    assert re.findall(r"COPY --from=build (\S+)", lines) == ["/app"]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_are_read_without_a_complaint(unit, tmp_path):
    """The program and its user are not here; everything else has to be understood."""
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", unit.read_text(), flags=re.MULTILINE)
    text = re.sub(r"^(User|Group|Documentation|WorkingDirectory)=.*\n", "", text, flags=re.MULTILINE)
    (tmp_path / unit.name).write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / unit.name], capture_output=True, text=True)
    told = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, told) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_the_role_of_their_name(unit):
    role = unit.stem.removeprefix("superviseme-")
    text = unit.read_text()
    assert f"/releases/current/runbook serve {role}\n" in text
    assert f"ENABLE_SCHEDULER={'true' if role == 'scheduler' else 'false'}\n" in text


def test_probes_ask_addresses_that_exist():
    block = re.search(r"```yaml\n(.*?)```", (DEPLOY / "containers.md").read_text(), re.DOTALL)[1]
    probes = yaml.safe_load(block)
    paths = {name: probe["httpGet"]["path"] for name, probe in probes.items() if name.endswith("Probe")}
    assert paths == {
        "startupProbe": "/health/live",
        "livenessProbe": "/health/live",
        "readinessProbe": "/health/ready",
    }


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
def test_nginx_takes_the_configuration(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=theses.example.edu"]
        + ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    text = (DEPLOY / "nginx.conf").read_text().replace("/etc/nginx/certificates", str(tmp_path))
    text = text.replace("server web:8080", "server 127.0.0.1:8080")
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\n{text}")
    done = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert (done.returncode, "successful" in done.stderr) == (0, True), done.stderr
