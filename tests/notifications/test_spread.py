"""From notices to letters: once each, to those who get mail, together when they happened together."""

import pytest

from superviseme.notifications.catalog import Verb
from superviseme.notifications.models import Notice
from superviseme.web.time import now
from superviseme.workspaces.room.actions import freeze_workspace, unfreeze_workspace
from tests import people

from .conftest import letters_to


def test_a_loud_notice_becomes_one_letter(alice, tell, later):
    tell(alice)
    later(), later()
    assert [m.to for m in letters_to(alice)] == ["alice@example.org"]


def test_the_letter_says_who_did_what_and_leads_there(alice, tell, later, settings):
    tell(alice)
    later()
    (letter,) = letters_to(alice)
    assert letter.subject == "Bridges under wind"
    assert "Bob Boss froze «Bridges under wind»" in letter.text
    assert f'href="{settings.BASE_URL}/theses"' in letter.html
    assert "because you take part in «Bridges under wind»" in letter.text


def test_what_happens_together_is_told_together(alice, tell, later):
    tell(alice), tell(alice, verb=Verb.WORKSPACE_UNFROZEN)
    later()
    (letter,) = letters_to(alice)
    assert ("froze" in letter.text, "unfroze" in letter.text) == (True, True)


def test_letters_about_one_workspace_stay_together(alice, tell, later):
    for _ in range(2):
        tell(alice)
        later()
    one, two = letters_to(alice)
    assert (one.headers["References"], one.message_id != two.message_id) == (two.headers["References"], True)


@pytest.mark.parametrize("count, letters", [(3, 3), (4, 1)])
def test_what_one_person_does_to_many_theses_is_one_letter(ada, bob, alice, later, count, letters):
    theses = [people.a_thesis(title=f"Thesis {n}", author=alice, supervisor=bob).workspace for n in range(count)]
    for one in theses:
        freeze_workspace(one, by=ada)
    later()
    assert len(letters_to(bob)) == len(letters_to(alice)) == letters
    assert [f"froze «{one.title}»" in "".join(m.text for m in letters_to(bob)) for one in theses] == [True] * count


def test_a_letter_about_many_theses_is_of_none_of_their_threads(ada, bob, later):
    for n in range(5):
        freeze_workspace(people.a_thesis(title=f"Thesis {n}", supervisor=bob).workspace, by=ada)
    later()
    (letter,) = letters_to(bob)
    assert (letter.subject, "References" in letter.headers) == ("News of 5 theses and projects", False)
    assert "because you take part in these theses and projects" in letter.text


def test_what_several_people_do_in_many_theses_stays_with_each(ada, bob, eve, alice, later):
    theses = [people.a_thesis(title=f"Thesis {n}", author=alice, supervisor=bob).workspace for n in range(4)]
    for one, by in zip(theses, (ada, ada, eve, eve), strict=True):
        people.seat(one, eve, people.Seat.SUPERVISOR) if by == eve else None
        freeze_workspace(one, by=by)
    unfreeze_workspace(theses[0], by=ada)
    later()
    assert sorted(m.subject for m in letters_to(alice)) == [f"Thesis {n}" for n in range(4)]


def test_a_notice_that_just_came_waits_for_more(alice, tell, later):
    tell(alice)
    later(seconds=5)
    assert letters_to(alice) == []


def test_a_quiet_notice_stays_in_the_app(alice, tell, later):
    notice = tell(alice, verb=Verb.WORKSPACE_CREATED)
    later()
    notice.refresh_from_db()
    assert (letters_to(alice), notice.spread_at is not None) == ([], True)


def test_what_was_read_in_the_app_is_not_mailed(as_, alice, tell, later):
    as_(alice).post(f"/notifications/{tell(alice).pk}/reading")
    later()
    assert letters_to(alice) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_smoke": True}, {"erased_at": now()}])
def test_who_gets_no_mail_is_passed_over_once_and_for_all(alice, carol, tell, later, change):
    type(alice).objects.filter(pk=alice.pk).update(**change)
    tell(alice)
    later()
    assert (letters_to(alice), len(letters_to(carol))) == ([], 1)
    assert not Notice.objects.filter(spread_at=None).exists()


def test_line_breaks_and_commas_in_a_title_stay_text(workspace, alice, tell, later):
    workspace.title = "One\r\nBcc: mallory@example.org"
    workspace.save()
    tell(alice)
    later()
    assert letters_to(alice)[0].subject == "One Bcc: mallory@example.org"


def test_news_that_breaks_does_not_hold_up_the_others(alice, carol, tell, later):
    broken = tell(alice)
    type(broken.event).objects.filter(pk=broken.event_id).update(data=["not", "as", "expected"])
    later()
    tell(carol)
    later()
    assert (len(letters_to(alice)), len(letters_to(carol)), Notice.objects.filter(spread_at=None).count()) == (1, 1, 0)
