"""The inbox: what one was told, read, and cleared away."""

import pytest

from superviseme.accounts.models import Person
from superviseme.notifications.inbox.queries import unread_count
from superviseme.notifications.models import Notice
from superviseme.workspaces.room.actions import delete_workspace
from superviseme.workspaces.todos.actions import add_todo

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_a_visitor_is_led_to_the_sign_in(as_):
    answer = as_(None).get("/notifications")
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=/notifications")


def test_a_notice_says_who_did_what_and_where(as_, alice, tell):
    tell(alice)
    page = as_(alice).get("/notifications").content.decode()
    assert "Bob Boss froze «Bridges under wind»" in page


def test_an_empty_inbox_says_what_would_be_here(as_, alice):
    assert "No notices yet" in as_(alice).get("/notifications").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_it_holds(as_, alice, tell, rows, django_assert_num_queries):
    for _ in range(rows):
        tell(alice)
    browser = as_(alice)
    browser.get("/notifications")  # presence is written by the first
    with django_assert_num_queries(5):
        browser.get("/notifications")


def test_opening_a_notice_marks_it_and_leads_to_it(as_, alice, tell):
    notice = tell(alice)
    answer = as_(alice).post(f"/notifications/{notice.pk}/reading")
    assert (answer.status_code, answer["Location"], unread_count(alice)) == (302, "/theses", 0)


def test_marking_by_htmx_answers_with_the_row_and_the_bell(as_, alice, tell):
    notice = tell(alice)
    answer = as_(alice).post(f"/notifications/{notice.pk}/reading", {"stay": "1"}, **HTMX)
    page = answer.content.decode()
    assert (answer.status_code, f'id="notice-{notice.pk}"' in page, 'hx-swap-oob="outerHTML:#unread"' in page) == (
        200,
        True,
        True,
    )


@pytest.mark.parametrize("what", ["reading", "deletion"])
def test_nobody_touches_the_notices_of_others(as_, alice, mallory, tell, what):
    notice = tell(alice)
    answer = as_(mallory).post(f"/notifications/{notice.pk}/{what}")
    notice.refresh_from_db()
    assert (answer.status_code, notice.read_at) == (404, None)


def test_all_are_marked_at_once_and_only_ones_own(as_, alice, carol, tell):
    tell(alice)
    as_(alice).post("/notifications/reading")
    assert (unread_count(alice), unread_count(carol)) == (0, 1)


def test_clearing_up_removes_what_is_read_and_keeps_the_rest(as_, alice, tell):
    read, unread = tell(alice), tell(alice)
    browser = as_(alice)
    browser.post(f"/notifications/{read.pk}/reading")
    browser.post("/notifications/deletion")
    assert list(Notice.objects.filter(recipient=alice)) == [unread]


def test_one_is_removed(as_, alice, tell):
    notice = tell(alice)
    answer = as_(alice).post(f"/notifications/{notice.pk}/deletion", **HTMX)
    assert (answer.status_code, Notice.objects.filter(recipient=alice).count()) == (200, 0)


def test_pages_hold_25_and_lead_on(as_, alice, tell):
    notices = [tell(alice) for _ in range(26)]
    browser = as_(alice)
    first = browser.get("/notifications").content.decode()
    assert (first.count('class="row-item'), f'id="notice-{notices[0].pk}"' in first) == (25, False)
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert f'id="notice-{notices[0].pk}"' in browser.get(f"/notifications{older}").content.decode()


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_numbers_that_name_nothing_are_not_found(as_, alice, number):
    assert as_(alice).post(f"/notifications/{number}/reading").status_code == 404


def test_the_bell_opens_the_newest_ten(as_, alice, bob, workspace):
    for n in range(12):
        add_todo(workspace, title=f"Step {n}.", by=bob, assignee=alice)

    page = as_(alice).get("/notifications/latest").text

    assert [n for n in range(12) if f"«Step {n}.»" in page] == list(range(2, 12))
    assert 'href="/notifications"' in page


def test_asking_for_the_count_is_no_sign_that_somebody_is_there(as_, alice, bob, workspace):
    add_todo(workspace, title="Step", by=bob, assignee=alice)

    answer = as_(alice).get("/notifications/count")
    seen = Person.objects.get(pk=alice.pk).last_seen_at
    as_(alice).get("/notifications/latest")

    assert (">1<" in answer.text, seen) == (True, None)
    assert Person.objects.get(pk=alice.pk).last_seen_at is not None


def test_a_notice_of_what_was_deleted_leads_to_no_missing_page(as_, alice, bob, workspace):
    delete_workspace(workspace, by=bob)
    browser = as_(alice)

    answer = browser.post(f"/notifications/{Notice.objects.get(recipient=alice).pk}/reading", follow=True)

    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, "/notifications")
