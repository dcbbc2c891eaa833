"""/admin/outbox: administrators read what went out and send again what failed."""

import pytest

from superviseme.events.models import Event
from superviseme.outbox.models import Message, State
from superviseme.outbox.post import post
from superviseme.web.time import now


@pytest.fixture
def letter(db):
    def written(to="alice@example.org", kind="password_changed", **changes):
        words = {"name": "Alice", "when": now(), "link": "https://x.example/open-me", "expires": now()}
        message = post(kind, to=to, key=f"{to}:{Message.objects.count()}", context=words)
        Message.objects.filter(pk=message.pk).update(**changes)
        return message

    return written


@pytest.mark.parametrize("who, expected", [("bob", 403), ("alice", 403), ("ada", 200)])
def test_only_administrators_read_the_outbox(as_, request, letter, who, expected):
    message = letter()
    browser = as_(request.getfixturevalue(who))
    answers = {
        browser.get(f"/admin/outbox{rest}").status_code for rest in ("", f"/{message.pk}", f"/{message.pk}/html")
    }
    assert answers == {expected}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(as_, ada, letter, rows, django_assert_num_queries):
    for _ in range(rows):
        letter()
    browser = as_(ada)
    browser.get("/admin/outbox")
    with django_assert_num_queries(6):
        browser.get("/admin/outbox")


def test_the_list_is_filtered_by_state_and_searched(as_, ada, letter):
    letter("lost@example.org", state=State.FAILED), letter("found@example.org")
    browser = as_(ada)
    failed = browser.get("/admin/outbox?state=failed").content.decode()
    found = browser.get("/admin/outbox?q=FOUND").content.decode()
    assert ("lost@" in failed, "found@" in failed, "lost@" in found, "found@" in found) == (True, False, False, True)


def test_the_letter_is_shown_without_any_script_and_only_in_our_frame(as_, ada, letter):
    answer = as_(ada).get(f"/admin/outbox/{letter().pk}/html")
    policy = answer["Content-Security-Policy"]
    assert ("unsafe" in policy, "sandbox" in policy, "'sha256-" in policy, answer["X-Frame-Options"]) == (
        False,
        True,
        True,
        "SAMEORIGIN",
    )


def test_a_failed_letter_is_sent_again_and_the_audit_says_by_whom(as_, ada, letter):
    message = letter(state=State.FAILED, attempts=4)
    answer = as_(ada).post(f"/admin/outbox/{message.pk}/retry")
    message.refresh_from_db()
    assert (answer.status_code, message.state, message.attempts) == (302, State.WAITING, 0)
    assert Event.objects.get(verb="outbox.retried").actor == ada


def test_one_that_may_arrive_twice_is_found_and_explained(as_, ada, letter):
    doubtful, plain = (
        letter("doubt@example.org", possible_copies=1, last_error="It broke off."),
        letter("plain@example.org"),
    )
    browser = as_(ada)
    found = browser.get("/admin/outbox?state=doubt").content.decode()
    page, other = (browser.get(f"/admin/outbox/{m.pk}").content.decode() for m in (doubtful, plain))
    assert ("doubt@" in found, "plain@" in found) == (True, False)
    assert ("nobody knows whether it was taken" in page, "same Message-ID" in page, "It was not taken" in page) == (
        True,
        True,
        False,
    )
    assert "nobody knows" not in other


def test_a_sent_letter_is_not_sent_again(as_, ada, letter):
    message = letter(state=State.SENT)
    as_(ada).post(f"/admin/outbox/{message.pk}/retry")
    assert Message.objects.get(pk=message.pk).state == State.SENT


def test_where_mail_is_really_sent_links_into_accounts_are_not_shown(as_, ada, letter, settings):
    message = letter(kind="password_reset")
    settings.MAIL_SERVER = "mail.example.org"
    pages = [as_(ada).get(f"/admin/outbox/{message.pk}{rest}").content.decode() for rest in ("", "/html")]
    assert ["open-me" in page for page in pages] == [False, False]


@pytest.mark.parametrize("query", ["?after=xyz", "?state=nonsense", "?q=%00%F0%9F%98%80", "?q=" + "x" * 5000])
def test_strange_questions_are_answered(as_, ada, letter, query):
    letter()
    assert as_(ada).get(f"/admin/outbox{query}").status_code in (200, 404)
