"""Around every request: an id, and the address it came from as far as it can be believed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from superviseme.config import env as read
from superviseme.config.env import Environment
from superviseme.ops.requests import believed_proxies


@pytest.fixture
def seen(settings):
    """The address and scheme a view sees when a request comes through these hops."""

    def through(peer, forwarded="", proto="", trusted="10.0.0.0/8"):
        settings.TRUSTED_PROXIES = read.networks(Environment({"TRUSTED_PROXIES": trusted}))
        request = RequestFactory().get(
            "/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded, HTTP_X_FORWARDED_PROTO=proto
        )
        believed_proxies(lambda r: HttpResponse())(request)
        return request.META["REMOTE_ADDR"], request.scheme

    return through


def test_a_stranger_is_not_believed(seen):
    assert seen("203.0.113.9", "1.2.3.4", "https") == ("203.0.113.9", "http")


def test_a_trusted_proxy_is(seen):
    assert seen("10.0.0.1", "203.0.113.9", "https") == ("203.0.113.9", "https")


def test_of_many_hops_the_last_untrusted_one_counts(seen):
    assert seen("10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2")[0] == "203.0.113.9"


@pytest.mark.parametrize("forwarded", ["", "nonsense", "203.0.113.9, nonsense", "<script>"])
def test_what_is_no_address_is_not_taken_for_one(seen, forwarded):
    assert seen("10.0.0.1", forwarded)[0] == "10.0.0.1"


def test_nobody_is_trusted_unless_named(seen):
    assert seen("127.0.0.1", "1.2.3.4", trusted="")[0] == "127.0.0.1"


def test_every_answer_has_its_own_number(as_):
    one, two = (
        as_(None).get("/robots.txt", headers={"X-Request-ID": "chosen-by-a-stranger"})["X-Request-ID"] for _ in range(2)
    )
    assert (one != two, len(one)) == (True, 16)
