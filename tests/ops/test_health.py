"""Health: told apart by what is asked, whatever the Host header says, and silent about the inside."""

import pytest
from django.db import OperationalError, connection

HEALTHY = {"service": "SuperviseMe", "status": "healthy"}


@pytest.fixture
def database_is_gone(db):
    def gone(*args, **kwargs):
        raise OperationalError("connection to server at db.internal failed")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        yield


@pytest.fixture(autouse=True)
def a_disk_with_room(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_all_is_well(as_, path):
    answer = as_(None).get(path, headers={"host": "anything.example"})
    assert (answer.status_code, answer.json()) == (200, HEALTHY)


def test_it_answers_over_http_where_all_else_is_led_to_https(as_, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert (as_(None).get("/health").status_code, as_(None).get("/robots.txt").status_code) == (200, 301)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="asked from a thread of its own there")
@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_without_the_database_it_says_so_and_nothing_more(as_, database_is_gone, path):
    answer = as_(None).get(path)
    assert (answer.status_code, answer.json(), "Retry-After" in answer) == (
        503,
        {"service": "SuperviseMe", "status": "unhealthy", "reason": "database"},
        True,
    )


def test_the_process_lives_without_the_database(as_, database_is_gone):
    assert as_(None).get("/health/live").status_code == 200


def test_figures_say_that_the_database_is_gone(as_, database_is_gone, settings):
    settings.METRICS_TOKEN = "a token"
    answer = as_(None).get("/metrics", headers={"Authorization": "Bearer a token"})
    assert (answer.status_code, "superviseme_database_up 0.0" in answer.content.decode()) == (200, True)


def test_a_page_without_the_database_is_503_and_not_500(as_, database_is_gone):
    browser = as_(None)
    browser.raise_request_exception = False
    browser.cookies["sessionid"] = "anything"
    answer = browser.get("/notifications")
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")


@pytest.mark.parametrize(
    "path, kind, says",
    [
        ("/robots.txt", "text/plain", "Disallow: /"),
        ("/.well-known/security.txt", "text/plain", "Contact: mailto:noreply@superviseme.local"),
    ],
)
def test_small_doors(as_, path, kind, says):
    answer = as_(None).get(path)
    assert (answer.status_code, answer["Content-Type"].split(";")[0], says in answer.content.decode()) == (
        200,
        kind,
        True,
    )


def test_the_icon_is_where_browsers_look_for_it(as_):
    assert as_(None).get("/favicon.ico")["Location"] == "/static/built/favicon.svg"


def test_writing_to_health_is_not_a_thing(as_):
    assert as_(None).post("/health").status_code == 405


def test_a_database_that_was_moved_away_is_gone_though_its_connections_go_on(client, db, monkeypatch, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a server has no file that could be moved away")
    monkeypatch.setitem(connection.settings_dict, "NAME", tmp_path / "in memory of" / "moved.sqlite3")
    assert client.get("/health").status_code == 503
