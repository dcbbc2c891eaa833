"""Webhooks: notices told to a program, signed, once, tried again, and switched off when nothing else helps."""

import hmac
import json
import re
from datetime import timedelta
from hashlib import sha256

import pytest

from superviseme.api.hooks import actions
from superviseme.api.hooks.deliver import deliver_due_messages
from superviseme.api.hooks.models import Hook
from superviseme.events.models import Event
from superviseme.notifications.models import Notice, Preference
from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.models import Hold, Message
from superviseme.web.time import now, simulated
from superviseme.workspaces.updates.actions import post_update
from tests.web.server import Service, serving


class Program(Service):
    """Somebody's program. `says` is what it answers."""

    says: object = {}

    def answer(self, method, path, fields, headers):
        return self.says

    @property
    def heard(self):
        return [json.loads(body) for body in self.bodies]


@pytest.fixture
def listener():
    with serving(Program()) as service:
        yield service


@pytest.fixture
def secret(listener, bob):
    return actions.open_hook(by=bob, address=f"{listener.url}/hooks/supervision?key=abc")


@pytest.fixture
def waiting(secret, bob):
    """A message waits for Bob's program."""
    actions.send_test(by=bob)
    return Message.objects.get(channel="webhook")


def after(**time):
    return simulated(now() + timedelta(**time))


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_a_notice_is_told_with_a_signature(secret, listener, workspace, alice, bob, settings):
    update = post_update(workspace, kind="progress", text="First figures", by=alice)
    with after(minutes=1):
        spread_due_notices()
        assert deliver_due_messages() == "1 sent"
    (told,), ((_method, path, fields, headers),) = listener.heard, listener.asked
    (notice,) = told["notices"]
    assert (path, fields["key"], told["kind"], told["person"]) == ("/hooks/supervision", "abc", "notice", bob.pk)
    assert (notice["verb"], notice["who"], notice["workspace"]) == ("update.posted", "Alice Author", workspace.pk)
    assert notice["link"] == f"{settings.BASE_URL}{update.get_absolute_url()}"
    signed = f"{headers['superviseme-timestamp']}.{listener.bodies[0]}".encode()
    expected = hmac.new(secret.encode(), signed, sha256).hexdigest()
    assert headers["superviseme-signature"] == f"v1={expected}"
    assert headers["superviseme-delivery"] == told["delivery"]


def test_what_was_told_is_not_told_again(waiting, listener):
    assert [deliver_due_messages(), deliver_due_messages(), len(listener.bodies)] == ["1 sent", "", 1]


def test_a_person_chooses_what_it_hears_of(secret, listener, workspace, alice, bob):
    Preference.objects.create(person=bob, category="talk", channel="webhook", delivery="never")
    post_update(workspace, kind="progress", text="x", by=alice)
    with after(minutes=1):
        spread_due_notices()
        deliver_due_messages()
    assert listener.heard == []


@pytest.mark.parametrize("status", [500, 404, 301, 307])
def test_what_is_not_taken_is_told_again_later_as_the_same(waiting, listener, status):
    listener.says = (status, {}, {"Location": "http://127.0.0.1:1/"})
    assert (deliver_due_messages(), state_of(waiting)) == ("1 not sent", "waiting")
    listener.says = {}
    with after(minutes=3):
        assert (deliver_due_messages(), state_of(waiting)) == ("1 sent", "sent")
    first, second = listener.heard
    assert first == second


def test_while_it_fails_the_others_wait_and_nothing_else_is_asked(waiting, listener, bob):
    listener.says = (500, {}, {})
    deliver_due_messages()
    actions.send_test(by=bob)
    with after(seconds=30):
        deliver_due_messages()
    assert len(listener.bodies) == 1


def test_it_is_not_asked_before_the_time_it_named(waiting, listener):
    listener.says = (429, {}, {"Retry-After": "1800"})
    deliver_due_messages()
    listener.says = {}
    for minutes, heard in ((10, 1), (29, 1), (31, 2)):
        with after(minutes=minutes):
            deliver_due_messages()
        assert len(listener.bodies) == heard


def test_after_three_days_it_is_switched_off_with_a_notice(waiting, listener, bob):
    listener.says = (500, {}, {})
    deliver_due_messages()
    with after(days=2):
        actions.send_test(by=bob)
        deliver_due_messages()
        assert Hook.objects.get().closed_at is None
    with after(days=3, minutes=5):
        actions.send_test(by=bob)
        deliver_due_messages()
        deliver_due_messages()
    assert Hook.objects.get().closed_at is not None
    assert list(Notice.objects.values_list("recipient", "verb")) == [(bob.pk, "account.webhook_lost")]
    assert Message.objects.filter(channel="webhook", state="waiting").count() == 0


def test_one_that_says_it_is_gone_is_switched_off_at_once_and_on_again_by_saving(waiting, listener, bob, as_):
    listener.says = (410, {}, {})
    deliver_due_messages()
    hook = Hook.objects.get()
    assert (hook.closed_at is not None, hook.problem, state_of(waiting)) == (True, "It answers 410.", "failed")
    as_(bob).post("/profile/webhook", {"address": hook.address})
    listener.says = {}
    actions.send_test(by=bob)
    assert deliver_due_messages() == "1 sent"


def test_a_removed_webhook_hears_nothing_more(waiting, listener, bob):
    actions.close_hook(by=bob)
    told = Message.objects.filter(channel="webhook")
    assert (deliver_due_messages(), told.count(), listener.bodies) == ("", 0, [])


def test_the_program_of_a_disabled_person_hears_nothing_more(waiting, listener, bob):
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    deliver_due_messages()
    assert (listener.bodies, state_of(waiting)) == ([], "failed")


def test_nothing_goes_while_the_outbox_is_held(waiting, listener):
    Hold.objects.create(since=now(), reason="after a restore")
    deliver_due_messages()
    assert listener.bodies == []


def test_the_secret_is_shown_once_and_kept_sealed(as_, bob):
    browser = as_(bob)
    page = browser.post("/profile/webhook", {"address": "http://127.0.0.1:9/x"}).content.decode()
    (shown,) = set(re.findall(r"whsec_[\w-]{43}", page))
    assert shown not in browser.get("/profile/webhook").content.decode()
    assert shown not in str(list(Hook.objects.values()))
    renewed = browser.post("/profile/webhook/secret").content.decode()
    assert set(re.findall(r"whsec_[\w-]{43}", renewed)).isdisjoint({shown})


@pytest.mark.parametrize("address", ["", "ftp://example.org/", "https://a:b@example.org/", "x"])
def test_an_address_that_cannot_be_told_is_refused(as_, bob, address):
    answer = as_(bob).post("/profile/webhook", {"address": address})
    assert (answer.status_code, Hook.objects.count()) == (422, 0)


def test_on_a_real_site_it_has_to_be_https(as_, bob, settings):
    settings.SITE_MODE = "production"
    assert as_(bob).post("/profile/webhook", {"address": "http://127.0.0.1/"}).status_code == 422


def test_a_demonstration_that_others_reach_has_no_webhooks(as_, bob, settings):
    settings.SITE_MODE, settings.BASE_URL = "demo", "https://demo.example.org"
    page = as_(bob).post("/profile/webhook", {"address": "https://example.org/hook"})
    assert (page.status_code, "tells no other server anything" in page.content.decode()) == (422, True)


def test_the_address_beyond_the_host_is_shown_to_nobody_else(waiting, as_, ada):
    page = as_(ada).get(f"/admin/outbox/{waiting.pk}").content.decode()
    assert ("127.0.0.1" in page, "key=abc" in page) == (True, False)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9?key=abc", "http://127.0.0.1:9/x?key=abc", "http://127.0.0.1:9#x"]
)
def test_what_may_be_shown_is_the_host_alone(address):
    assert Hook(address=address).host == "127.0.0.1:9"


def test_it_is_in_the_audit(secret, bob):
    actions.close_hook(by=bob)
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["account.webhook_opened", "account.webhook_closed"]


def test_its_owner_is_told_by_mail_where_their_notices_go(as_, bob):
    browser = as_(bob)
    page = browser.post("/profile/webhook", {"address": "http://127.0.0.1:9/hooks?key=abc"}).content.decode()
    (secret,) = set(re.findall(r"whsec_[\w-]{43}", page))
    browser.post("/profile/webhook", {"address": "http://127.0.0.1:10/other"})
    browser.post("/profile/webhook/secret")
    letters = Message.objects.filter(letter="webhook_opened").order_by("pk")
    said = [(m.to, "127.0.0.1:9" in m.text, "127.0.0.1:10" in m.text, "new secret" in m.text) for m in letters]
    assert said == [(bob.email, True, False, False), (bob.email, False, True, False), (bob.email, False, True, True)]
    assert not [m for m in letters if secret in m.text + m.html or "key=abc" in m.text + m.html]


def test_a_secret_that_cannot_be_read_any_more_is_called_so_and_its_owner_told_once(waiting, listener, bob, settings):
    settings.SECRET_KEY = "another key, as after a restore without the old one"
    first_round = deliver_due_messages()
    with after(minutes=10):
        deliver_due_messages()
    waiting.refresh_from_db()
    assert (first_round, waiting.state, listener.bodies) == ("1 not sent", "waiting", [])
    assert (
        waiting.last_error == "The secret of this webhook cannot be read any more: its owner has to give it a new one."
    )
    assert list(Notice.objects.values_list("recipient", "verb", "loud")) == [(bob.pk, "account.webhook_locked", True)]


def test_a_new_secret_sends_what_waited(waiting, listener, bob, as_, settings):
    settings.SECRET_KEY = "another key, as after a restore without the old one"
    deliver_due_messages()
    browser = as_(bob)
    page = browser.get("/profile/webhook").content.decode()
    assert ("cannot be read any more" in page, "Send a test" in page) == (True, False)
    assert browser.post("/profile/webhook/test").status_code == 403
    browser.post("/profile/webhook/secret")
    assert "cannot be read any more" not in browser.get("/profile/webhook").content.decode()
    with after(minutes=5):
        assert (deliver_due_messages(), len(listener.bodies)) == ("1 sent", 1)


def test_saving_the_address_of_one_with_a_secret_that_cannot_be_read_makes_a_new_one(secret, bob, as_, settings):
    settings.SECRET_KEY = "another key, as after a restore without the old one"
    page = as_(bob).post("/profile/webhook", {"address": Hook.objects.get().address}).content.decode()
    assert len(set(re.findall(r"whsec_[\w-]{43}", page)) - {secret}) == 1
