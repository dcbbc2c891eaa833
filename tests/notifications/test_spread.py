"""From notices to letters: once each, to those who get mail, together when they happened together."""

import pytest

from superviseme.notifications.catalog import Verb
from superviseme.notifications.models import Notice
from superviseme.web.time import now

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
