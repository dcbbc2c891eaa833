"""/metrics: for whoever holds the token, of all web processes together, with what an alarm is made of."""

import re

import pytest
import requests

from superviseme.outbox.hold import hold
from superviseme.outbox.models import Message
from superviseme.web.time import now
from tests.faults.conftest import site
from tests.ops.test_serve import BUILT

__all__ = ["site"]  # a fixture
TOKEN = "a token that monitors hold"
HEAD = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def token(settings, tmp_path):
    settings.METRICS_TOKEN, settings.DATA_DIR = TOKEN, tmp_path


def figure(text, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found.group(1)) if found else None


def test_without_a_token_it_does_not_exist(as_):
    assert as_(None).get("/metrics", headers=HEAD).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", TOKEN])
def test_a_wrong_token_is_told_nothing(as_, token, given):
    assert as_(None).get("/metrics", headers={"Authorization": given}).status_code == 404


def test_it_tells_what_waits_and_who_leads(as_, token):
    words = dict.fromkeys(("key", "subject", "text", "message_id"), "x")
    Message.objects.create(**words, letter="notice", to="x@example.org", created_at=now(), due_at=now())
    hold("a test")
    text = as_(None).get("/metrics", headers=HEAD).content.decode()
    names = ('outbox_messages{state="waiting"}', "outbox_held", "scheduler_leaders", "database_up", "maintenance")
    assert [figure(text, f"superviseme_{name}") for name in names] == [1, 1, 0, 1, 0]


def test_addresses_are_counted_by_route(as_, token):
    as_(None).get("/theses/1234567")
    text = as_(None).get("/metrics", headers=HEAD).content.decode()
    assert ('route="/theses/<int:pk>",status="404"' in text, "1234567" in text) == (True, False)


@pytest.mark.skipif(not BUILT, reason="the static files are not built")
def test_any_process_answers_for_all(site):
    running = site(METRICS_TOKEN=TOKEN, WEB_WORKERS="2")
    running.start()
    for _ in range(40):
        assert requests.get(f"{running.url}/theses", timeout=20).status_code == 200
    text = requests.get(f"{running.url}/metrics", headers=HEAD, timeout=20).text
    assert figure(text, 'superviseme_requests_total{method="GET",route="/theses",status="200"}') == 40
