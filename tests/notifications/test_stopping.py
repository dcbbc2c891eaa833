"""Stopping mail from the mail: signed, without signing in, by a button or by one click of the mail program."""

import pytest
from django.test import Client

from superviseme.notifications.catalog import Verb
from superviseme.notifications.models import Habits, Preference
from superviseme.notifications.stopping import MONDAYS, stop_link
from superviseme.web.checks import every_view
from superviseme.web.tokenless import TOKENLESS

from .conftest import letters_to

STRICT = {"enforce_csrf_checks": True}


@pytest.fixture
def link(alice, tell, later, settings):
    """The path that the letter to Alice carries in its header."""
    tell(alice)
    later()
    header = letters_to(alice)[0].headers["List-Unsubscribe"]
    assert header.startswith(f"<{settings.BASE_URL}/unsubscription/")
    return header.strip("<>").removeprefix(settings.BASE_URL)


def test_the_link_asks_and_changes_nothing(link):
    answer = Client(**STRICT).get(link)
    page = answer.content.decode()
    assert (answer.status_code, "The course of a thesis or project" in page) == (200, True)
    assert Preference.objects.count() == 0


def test_one_click_stops_that_kind_for_that_person(link, alice, tell, later):
    answer = Client(**STRICT).post(link, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "Mail is stopped" in answer.content.decode()) == (200, True)
    assert list(Preference.objects.values_list("person", "category", "channel", "delivery")) == [
        (alice.pk, "course", "email", "never")
    ]
    tell(alice)
    later()
    assert len(letters_to(alice)) == 1


def test_what_waits_for_the_daily_letter_is_stopped_too(link, alice, tell, later):
    """And nothing of another kind."""
    for category in ("course", "account"):
        Preference.objects.update_or_create(
            person=alice, category=category, channel="email", defaults={"delivery": "daily"}
        )
    before = len(letters_to(alice))
    tell(alice), tell(alice, verb=Verb.ROLE_GRANTED, to=[alice], role="student"), later()
    Client(**STRICT).post(link)
    later(seconds=25 * 3600)
    (letter,) = letters_to(alice)[before:]
    assert ("froze" in letter.text, "gave you the role" in letter.text) == (False, True)


def test_the_letter_says_one_click_and_both_links(link, alice, settings):
    (letter,) = letters_to(alice)
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for text in (letter.text, letter.html):
        assert (link in text, f"{settings.BASE_URL}/profile/notices" in text) == (True, True)


def test_the_monday_letters_are_stopped_alike(alice, settings):
    Habits.objects.create(person=alice, weekly_plan=True)
    link = stop_link(alice, [MONDAYS]).removeprefix(settings.BASE_URL)
    assert "still stands under Notices" not in Client().get(link).text  # they are no notices
    Client(**STRICT).post(link)
    habits = Habits.objects.get(person=alice)
    assert (habits.weekly_plan, habits.weekly_report) == (False, False)


@pytest.mark.parametrize("token", ["x", "W10:1abc:xyz", "%E2%98%83", "a" * 2000])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_changed_stops_nothing(db, token, method):
    answer = getattr(Client(**STRICT), method)(f"/unsubscription/{token}")
    assert (answer.status_code, Preference.objects.count()) == (404, 0)


def test_a_changed_letter_of_the_link_stops_nothing(link):
    changed = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert (Client(**STRICT).post(changed).status_code, Preference.objects.count()) == (404, 0)


def test_the_link_of_somebody_who_is_gone_stops_nothing(link, alice):
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    assert (Client(**STRICT).post(link).status_code, Preference.objects.count()) == (404, 0)


def test_no_other_door_goes_without_a_token():
    exempt = {str(p.name) for _, p in every_view() if getattr(p.callback, "csrf_exempt", False)}
    exempt = {"api" if name.startswith("api_") else name for name in exempt}
    assert exempt == set(TOKENLESS)
