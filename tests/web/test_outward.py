"""Servers that people name: told over https, and none of ours is reached, wherever a name leads."""

import socket
import ssl
import threading
import time

import pytest

from superviseme.web import outward
from superviseme.web.outward import NotTold, is_allowed, tell

from .server import Service, drip, serving

INSIDE = """
    127.0.0.1 127.1.2.3 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 192.0.0.8 198.18.0.1 224.0.0.1
    240.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 fd12::1 fec0::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
    2002:7f00:1:: 2002:a00:1:: 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2001:db8::1 2001:0:4136:e378:8000:63bf:80ff:fffe ::127.0.0.1
""".split()
OUTSIDE = "93.184.216.34 8.8.8.8 2606:2800:220:1:248:1893:25c8:1946 64:ff9b::808:808 ::ffff:8.8.8.8".split()


class Listener(Service):
    says: object = {}

    def answer(self, method, path, fields, headers):
        return self.says(self) if callable(self.says) else self.says


@pytest.fixture
def listener():
    with serving(Listener()) as service:
        yield service


@pytest.fixture
def real(settings):
    """As on a real site."""
    settings.SITE_MODE = "production"


@pytest.fixture
def leads_to(monkeypatch):
    """Names lead where the test says; what is connected to is kept, and nothing is reached."""
    reached = []

    def lead(*addresses):
        found = [(socket.AF_INET6 if ":" in a else socket.AF_INET, 1, 6, "", (a, 443)) for a in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)

    def connect(self, place):
        reached.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    lead.reached = reached
    return lead


@pytest.mark.parametrize("address", INSIDE)
def test_no_name_leads_inside(real, leads_to, address):
    leads_to(address)
    with pytest.raises(NotTold, match="does not lead to a public address"):
        tell("https://hooks.example.org/x", b"{}", {})
    assert leads_to.reached == []


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_reached(real, leads_to, address):
    leads_to(address)
    with pytest.raises(NotTold):
        tell("https://hooks.example.org/x", b"{}", {})
    assert leads_to.reached == [address]


def test_a_name_with_one_address_inside_is_not_reached_at_all(real, leads_to):
    leads_to("93.184.216.34", "127.0.0.1")
    with pytest.raises(NotTold):
        tell("https://hooks.example.org/x", b"{}", {})
    assert leads_to.reached == []


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_other_ways_to_write_this_machine_lead_nowhere(real, host):
    with pytest.raises(NotTold):
        tell(f"https://{host}:1/", b"{}", {})


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://user:word@example.org/",
        "https://example.org/#x",
        "https:///x",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exämple.org/",
        "https://example.org/a b",
        "https://exam\x01ple.org/",
        "https://example.org/" + "x" * 300,
        "//example.org",
        "",
    ],
)
def test_what_is_no_plain_https_address_is_not_taken(real, address):
    assert not is_allowed(address)


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("https://[2606:2800:220:1:248:1893:25c8:1946]/x", ["2606:2800:220:1:248:1893:25c8:1946"]),
        ("https://[2606:2800:220:1:248:1893:25c8:1946]:8443/x", ["2606:2800:220:1:248:1893:25c8:1946"]),
        ("https://[::ffff:127.0.0.1]/x", []),
        ("https://[::1]/x", []),
        ("https://[fe80::1%25eth0]/x", []),
    ],
)
def test_an_address_of_the_sixth_version_is_read_as_a_whole(real, leads_to, address, reached):
    leads_to(address.partition("[")[2].partition("]")[0].partition("%")[0])

    with pytest.raises(NotTold):
        tell(address, b"{}", {})

    assert leads_to.reached == reached


def test_a_demonstration_reaches_its_own_machine_only(settings, leads_to):
    settings.SITE_MODE = "demo"
    leads_to("93.184.216.34")
    with pytest.raises(NotTold):
        tell("https://example.org/", b"{}", {})
    assert leads_to.reached == []


@pytest.mark.parametrize("where, told", [("http://localhost:8080", True), ("https://demo.example.org", False)])
def test_a_demonstration_that_others_reach_tells_nobody_anything(settings, listener, where, told):
    settings.SITE_MODE, settings.BASE_URL = "demo", where
    try:
        tell(listener.url, b"{}", {})
    except NotTold as problem:
        assert "does not lead to a public address" in str(problem)
    assert bool(listener.asked) == told


def test_what_was_said_arrives_and_the_status_is_the_answer(listener):
    listener.says = (202, {}, {"Retry-After": "7"})
    answer = tell(f"{listener.url}/a?b=c", b'{"x": 1}', {"X-Mark": "m"})
    ((method, path, fields, headers),) = listener.asked
    assert (answer.status, answer.retry_after) == (202, "7")
    assert (method, path, fields["b"], headers["x-mark"], listener.bodies) == ("POST", "/a", "c", "m", ['{"x": 1}'])


def test_a_redirect_is_not_followed(listener):
    listener.says = (307, {}, {"Location": f"{listener.url}/inside"})
    assert (tell(listener.url, b"{}", {}).status, len(listener.asked)) == (307, 1)


def test_a_slow_answer_is_cut_off(listener):
    listener.says = lambda service: service.over.wait(20)
    began = time.monotonic()
    with pytest.raises(NotTold) as found:
        tell(listener.url, b"{}", {}, within=0.3)
    assert (found.value.in_doubt, time.monotonic() - began < 10) == (True, True)


def test_a_body_that_drips_is_cut_off_as_a_whole(listener):
    """One without a length, after which the server hangs up: the library lets go of the connection before it reads."""
    listener.says = drip
    began = time.monotonic()
    with pytest.raises(NotTold) as found:
        tell(listener.url, b"{}", {}, within=0.3)
    assert (found.value.in_doubt, time.monotonic() - began < 10) == (True, True)


def test_headers_that_drip_are_cut_off_as_a_whole():
    """Each byte comes in time; together they never end."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip_headers():
            caller, _ = server.accept()
            with caller:
                try:
                    caller.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                    while not over.wait(0.05):
                        caller.sendall(b"a")
                except OSError:
                    pass

        thread = threading.Thread(target=drip_headers, daemon=True)
        thread.start()
        with pytest.raises(NotTold):
            tell(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {}, within=0.5)
        over.set()
        thread.join(timeout=5)
        assert not thread.is_alive()


def test_an_endless_answer_is_not_read_to_its_end(listener):
    listener.says = lambda service: (b"x" * 65536 for _ in range(10_000))
    assert tell(listener.url, b"{}", {}).status == 200


def test_a_certificate_nobody_vouches_for_is_refused(listener):
    with pytest.raises(NotTold) as found:
        tell(listener.url.replace("http:", "https:"), b"{}", {})
    assert (found.value.in_doubt, listener.asked) == (False, [])


def test_names_are_checked_against_certificates():
    trust = outward._trust()
    assert (trust.check_hostname, trust.verify_mode) == (True, ssl.CERT_REQUIRED)
