"""Fixtures everybody uses: the cast, a thesis and a project with all seats, a client signed in as somebody."""

import os
from collections.abc import Callable
from typing import Any

os.environ.setdefault("SITE_MODE", "test")
os.environ.setdefault("STRICT_TEMPLATES", "true")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

import pytest  # noqa: E402
from django.test import Client  # noqa: E402

from superviseme.accounts.models import Person  # noqa: E402
from superviseme.policy.roles import Role  # noqa: E402
from superviseme.site import values  # noqa: E402
from superviseme.web import shared  # noqa: E402
from superviseme.workspaces.room import oversight  # noqa: E402

from . import people  # noqa: E402

SAME_EVERYWHERE = ("tests/house/", "tests/config/", "tests/ops/releases/", "tests/ops/test_deploy_files.py")
WALK = "tests/policy/test_routes.py::test_nobody_gets_further_than_the_contract_says"
ONCE = (  # they use a database and speak of something else: processes, other people's servers, the calendar
    *("tests/ops/test_preflight.py", "tests/ops/test_metrics.py::test_any_process"),
    *("tests/ops/test_maintenance.py::test_the_scheduler", "tests/ops/test_serve.py"),
    *("tests/outbox/test_hosts.py", "tests/accounts/test_hostile_providers.py", "tests/accounts/test_languages.py"),
    *("tests/ops/legacy/test_pages.py", "tests/api/test_schemathesis.py", "tests/policy/test_api_routes.py"),
    *("tests/publications/test_orcid_failures.py", "tests/activity/test_weekly.py::test_five_years"),
    *("tests/ops/test_doctor.py::test_where_no_database", "tests/pictures/test_image.py"),
    *(f"{WALK}[{who}]" for who in ("vi", "os", "ot", "co", "ex", "re", "di", "au")),
)

LONGEST = (
    *("tests/ops/test_drill.py", "tests/ops/releases/test_rolling.py", "tests/ops/test_serve.py"),
    *("tests/ops/test_kills.py", "tests/faults/", "tests/journeys/test_every_page.py"),
)


@pytest.hookimpl(trylast=True)  # the order is drawn before
def pytest_collection_modifyitems(config: Any, items: list) -> None:
    """The longest go first, so that nobody is left with one at the end. What asks no database says the same beside every
    database: it is left out beside the second."""
    items.sort(key=lambda one: not one.nodeid.startswith(LONGEST))
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    same = [one for one in items if _says_the_same(one)]
    config.hook.pytest_deselected(items=same)
    items[:] = [one for one in items if one not in same]


def _says_the_same(one: Any) -> bool:
    if one.nodeid.startswith(ONCE):
        return True
    return one.nodeid.startswith(SAME_EVERYWHERE) and "db" not in one.fixturenames


@pytest.fixture(autouse=True)
def quick_settings(settings: Any, tmp_path: Any, request: Any) -> None:
    # Otherwise each client reads every static file before its first question, a quarter of the time of all tests.
    settings.WHITENOISE_AUTOREFRESH = "live_server" not in request.fixturenames
    settings.FILES_DIR = tmp_path / "files"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def nothing_said_before() -> None:
    """What a process remembers of administrators' readings is forgotten between tests, as numbers start anew."""
    oversight.said.clear()
    shared.forget()


@pytest.fixture(autouse=True)
def as_installed(monkeypatch: Any) -> None:
    """Nobody has changed a setting; who does so is heard at once, and nothing is asked again by the clock."""
    monkeypatch.setattr(values, "LASTS", float("inf"))
    values.remember({})


@pytest.fixture
def alice(db: None) -> Person:
    return people.person("Alice Author", Role.STUDENT)


@pytest.fixture
def bob(db: None) -> Person:
    return people.person("Bob Boss", Role.SUPERVISOR)


@pytest.fixture
def carol(db: None) -> Person:
    return people.person("Carol Colleague", Role.RESEARCHER)


@pytest.fixture
def eve(db: None) -> Person:
    return people.person("Eve Examiner", Role.SUPERVISOR)


@pytest.fixture
def mallory(db: None) -> Person:
    return people.person("Mallory Outside", Role.STUDENT)


@pytest.fixture
def ada(db: None) -> Person:
    return people.person("Ada Admin", Role.ADMIN)


@pytest.fixture
def rita(db: None) -> Person:
    return people.person("Rita Researcher", Role.RESEARCHER)


@pytest.fixture
def thesis(alice: Person, bob: Person, carol: Person, eve: Person) -> Any:
    return people.a_thesis(author=alice, supervisor=bob, collaborator=carol, examiner=eve)


@pytest.fixture
def workspace(thesis: Any) -> Any:
    return thesis.workspace


@pytest.fixture
def project(rita: Person, carol: Person) -> Any:
    return people.a_project(author=rita, collaborator=carol)


@pytest.fixture
def as_(db: None) -> Callable[[Person | None], Client]:
    """`as_(alice)` is a browser in which Alice is signed in; `as_(None)` a visitor's."""

    def browser(who: Person | None) -> Client:
        client = Client()
        if who is not None:
            client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser
