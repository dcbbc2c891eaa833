"""What a release is made of: the same wheel twice, a manifest that finds every change, receipts, the environment, links."""

import json
import os
import stat
import subprocess
import sys
import zipfile

import pytest

from superviseme.config.env import Environment
from superviseme.ops.exits import Stop
from superviseme.ops.releases import environment, wheel
from superviseme.ops.releases.build import build_release, migrations_of
from superviseme.ops.releases.deploy import cannot_go_back
from superviseme.ops.releases.layout import MANIFEST, Releases, digest_of, write_manifest
from superviseme.ops.releases.packages import install
from superviseme.ops.releases.receipt import checked, receipt_of, seal
from superviseme.ops.releases.sbom import write_sbom
from superviseme.ops.releases.switch import prune, switch

from .making import BUILT, seeded, source_of

built = pytest.mark.skipif(not BUILT, reason="the static files are not built")


@pytest.fixture
def releases(tmp_path):
    return seeded(tmp_path / "releases")


def a_release(releases, name, **facts):
    """An installed release of two files."""
    folder = releases.folder / name
    folder.mkdir()
    (folder / "runbook").write_text(name)
    (folder / "LICENSE").write_text("free")
    packages = next((releases.folder / "packages").iterdir())
    said = {
        "packages": packages.name,
        "packages_manifest": digest_of(packages / MANIFEST),
        "commit": "abc",
        "contracts": [],
    }
    write_manifest(folder, **{"migrations": [], **said, **facts})
    return releases.named(name)


# --- building -------------------------------------------------------------------------------------------------------------


@built
def test_one_commit_gives_one_wheel_and_a_release_that_is_whole(tmp_path, releases):
    source = source_of(tmp_path / "source", "1.0.7")
    release = build_release(source, releases, without_receipt=True)
    again = wheel.build(source, tmp_path)
    assert (digest_of(again), release.problems()) == (release.manifest["wheel_sha256"], [])
    assert build_release(source, releases, without_receipt=True).name == release.name
    names = zipfile.ZipFile(again).namelist()
    assert "superviseme/assets/staticfiles.json" in names
    assert [name for name in names if "__pycache__" in name or name.startswith("superviseme/static/")] == []


@built
def test_what_is_in_no_commit_is_in_no_release(tmp_path, releases):
    source = source_of(tmp_path / "source", "1.0.7")
    (source / "LICENSE").write_text("mine")
    with pytest.raises(Stop, match="changes that are in no commit"):
        build_release(source, releases, without_receipt=True)
    assert releases.all() == []


@pytest.mark.parametrize("harm", ["change", "remove", "add"])
def test_every_change_of_a_release_is_found_by_name(releases, harm):
    release = a_release(releases, "1.0.0-a")
    assert release.problems() == []
    file = release.folder / ("more" if harm == "add" else "LICENSE")
    file.unlink() if harm == "remove" else file.write_text("other")
    assert release.problems() == [file.name]


def test_a_digit_changed_in_a_hash_and_nothing_is_installed(tmp_path):
    """With pip as the runbook names it, on a package of our own."""
    package = tmp_path / "nothing_at_all-1.0-py3-none-any.whl"
    with zipfile.ZipFile(package, "w") as archive:
        head = "nothing_at_all-1.0.dist-info"
        archive.writestr(f"{head}/METADATA", "Metadata-Version: 2.1\nName: nothing-at-all\nVersion: 1.0\n")
        archive.writestr(f"{head}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{head}/RECORD", "")
    right = digest_of(package)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert [_pip(tmp_path, digest) for digest in (right, wrong)] == [0, 1]


def _pip(folder, digest):
    lock = folder / "requirements.txt"
    lock.write_text(f"nothing-at-all==1.0 --hash=sha256:{digest}\n")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--require-hashes", "--no-index"]
    done = subprocess.run([*command, "--find-links", str(folder), "-r", str(lock)], capture_output=True, text=True)
    return done.returncode


def test_the_bill_of_materials_is_the_lock(tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "Some_Thing-2.1-py3-none-any.whl").write_bytes(b"bytes")
    lock = tmp_path / "lock"
    lock.write_text("some-thing==2.1 \\\n    --hash=sha256:00\n")
    write_sbom(lock, wheels, tmp_path / "sbom.json")
    said = json.loads((tmp_path / "sbom.json").read_text())
    assert [(c["name"], c["version"], c["purl"]) for c in said["components"]] == [
        ("some-thing", "2.1", "pkg:pypi/some-thing@2.1")
    ]
    lock.write_text("some-thing==2.2\n")
    with pytest.raises(Stop, match="not those of the lock"):
        write_sbom(lock, wheels, tmp_path / "sbom.json")


def test_packages_are_installed_from_kept_wheels_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/")
    (tmp_path / "wheels").mkdir()
    with pytest.raises(Stop, match="could not be installed"):
        install(tmp_path / "lock", tmp_path / "wheels", tmp_path / "venv")


# --- receipts -------------------------------------------------------------------------------------------------------------


def a_receipt(**changed):
    said = {"commit": "abc", "passed": 10, "failed": 0, **changed}
    return {**said, "sha256": seal(said)}


def test_a_receipt_of_this_commit_is_taken():
    assert checked(a_receipt(), "abc")["passed"] == 10


@pytest.mark.parametrize(
    "receipt, says",
    [
        (a_receipt(commit="def"), "The receipt is for def"),
        ({**a_receipt(), "passed": 11}, "changed after it was written"),
        (a_receipt(failed=1), "1 tests failed"),
        (a_receipt(passed=0), "0 passed"),
    ],
)
def test_any_other_is_refused(receipt, says):
    with pytest.raises(Stop, match=says) as refusal:
        checked(receipt, "abc")
    assert refusal.value.code == 3


def test_none_is_refused(tmp_path):
    with pytest.raises(Stop, match="no receipt"):
        receipt_of("abc", tmp_path)


# --- links, environment, ways back ------------------------------------------------------------------------------------------


def test_current_and_previous_change_and_only_one_deploys_at_a_time(releases):
    one, two = a_release(releases, "1.0.0-a"), a_release(releases, "1.0.1-b")
    switch(releases, one, keep_environment=False)
    switch(releases, two, keep_environment=False)
    assert (releases.current, releases.previous) == (two, one)
    with releases.locked(), pytest.raises(Stop, match="Another deploy") as refusal, releases.locked():
        pass
    assert refusal.value.code == 3


def test_what_a_killed_build_left_is_swept_away(releases):
    (releases.folder / ".building-1.0.0-a.99").mkdir()
    (releases.folder / "packages" / ".building-abc.99").mkdir()
    assert (releases.sweep(), list(releases.folder.glob("**/.building*"))) == (2, [])


def test_old_releases_go_but_never_one_that_is_linked(releases):
    made = [a_release(releases, f"1.0.{n}-a") for n in range(6)]
    for n, release in enumerate(made):
        os.utime(release.folder, (n, n))
    switch(releases, made[0], keep_environment=False)
    assert prune(releases, kept=3) == ["1.0.1-a", "1.0.2-a", "1.0.3-a"]
    assert sorted(release.name for release in releases.all()) == ["1.0.0-a", "1.0.4-a", "1.0.5-a"]


SECRET = "planted-secret-value-of-the-mail"  # noqa: S105 - planted to be looked for


def test_the_environment_of_a_release_is_kept_without_its_secrets_and_comes_back(releases, settings):
    one, two = a_release(releases, "1.0.0-a"), a_release(releases, "1.0.1-b")
    settings.ENV = Environment({"SITE_NAME": "Old", "MAIL_PASSWORD": SECRET, "ROLE": "web", "HOME": "/root"})
    switch(releases, one, keep_environment=True)
    settings.ENV = Environment({"SITE_NAME": "New", "MAIL_PASSWORD": f"{SECRET}x", "MAIL_SERVER": "mail.example.org"})
    switch(releases, two, keep_environment=True)
    file = releases.folder / "environments" / "1.0.0-a.json"
    assert (SECRET in file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (False, 0o600)
    put_back = environment.overlay(one)
    assert (put_back["SITE_NAME"], put_back["MAIL_SERVER"]) == ("Old", "")
    assert {"ROLE", "HOME", "MAIL_PASSWORD"} & put_back.keys() == set()
    assert environment.changes(one) == (["MAIL_SERVER", "SITE_NAME"], ["MAIL_PASSWORD"])


def test_there_is_no_way_back_behind_a_migration_that_took_something_away(releases, db):
    applied = ["ops.0001_initial", "ops.0002_periods"]
    old = a_release(releases, "1.0.0-a", migrations=applied[:1])
    new = a_release(releases, "1.0.1-b", migrations=applied)
    assert cannot_go_back(old, new) == ""
    taking = a_release(releases, "1.0.2-c", migrations=applied, contracts=["ops.0002_periods"])
    assert cannot_go_back(old, taking).startswith("ops.0002_periods took away what it uses.")


def test_migrations_that_take_something_away_say_so_in_the_manifest(tmp_path):
    folder = tmp_path / "superviseme" / "rooms" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("class Migration:\n    pass\n")
    (folder / "0002_less.py").write_text('class Migration:\n    expanded_in = "1.1.0"\n')
    assert migrations_of(tmp_path / "superviseme") == (["rooms.0001_initial", "rooms.0002_less"], ["rooms.0002_less"])


def test_a_name_that_leads_elsewhere_is_no_release(tmp_path):
    with pytest.raises(Stop, match="There is no release"):
        Releases(tmp_path).named("../../etc")
