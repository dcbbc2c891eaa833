"""People named in updates and comments: `@Bob Boss` hears it by name."""

import pytest

from superviseme.notifications.models import Notice
from superviseme.policy.roles import Role, Seat
from superviseme.workspaces.models import Update
from superviseme.workspaces.updates import actions
from tests import people


def told(verb="mention.made"):
    return sorted(Notice.objects.filter(verb=verb).values_list("recipient__name", flat=True))


def post(workspace, text, by):
    return actions.post_update(workspace, kind="progress", text=text, by=by)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("@Bob Boss, could you look?", ["Bob"]),
        ("Thanks (@bob boss)!", ["Bob"]),
        ("@Bob's idea, and @Colleague", ["Bob", "Carol"]),
        ("**@Eve Examiner** and @Eve", ["Eve"]),
        ("@Alice Author", []),  # nobody tells oneself
        ("@Mallory Outside", []),  # has no seat here
        ("bob@boss.org, @Bobby, @Bob-Boss, @@Bob, a@Bob", []),
        ("`@Bob Boss` and [@Bob Boss](https://example.org)", []),
        ("@todo:1 @", []),
    ],
)
def test_who_is_named_hears_it(workspace, alice, mallory, text, heard):
    post(workspace, text, alice)
    assert told() == heard


def test_who_is_named_hears_it_once_and_the_others_of_the_update(workspace, alice):
    post(workspace, "@Bob Boss, could you look?", alice)
    assert (told(), told("update.posted")) == (["Bob"], ["Carol"])


def test_an_examiner_hears_only_what_names_them(workspace, alice):
    post(workspace, "A draft", alice)
    post(workspace, "A draft for @Eve Examiner", alice)
    assert Notice.objects.filter(recipient__name="Eve").count() == 1


def test_comments_and_feedback_name_people_too(workspace, alice, bob):
    update = post(workspace, "A draft", alice)
    actions.comment_on(update, text="@Carol, is this yours?", by=bob)
    actions.give_feedback(update, text="@Alice Author please mend it", by=bob)
    assert (told(), told("comment.posted"), told("feedback.given")) == (["Alice", "Carol"], ["Alice"], ["Carol"])


def test_an_edit_tells_only_those_it_names_anew(workspace, alice):
    update = post(workspace, "For @Bob", alice)
    actions.edit_update(update, kind="progress", text="For @Bob and @Carol", by=alice)
    assert told() == ["Bob", "Carol"]


def test_who_muted_the_workspace_hears_what_names_them(as_, workspace, alice, bob):
    as_(bob).post(f"/w/{workspace.pk}/mute")
    post(workspace, "For @Bob", alice)
    assert list(Notice.objects.filter(recipient=bob).values_list("verb", "read_at")) == [("mention.made", None)]


def test_a_first_name_of_two_names_neither_and_their_whole_name_both(workspace, alice):
    for address in ("one@example.org", "two@example.org"):
        people.seat(workspace, people.person("Bob Boss", Role.SUPERVISOR, email=address), Seat.COLLABORATOR)
    workspace.refresh_from_db()
    post(workspace, "For @Bob", alice)
    assert told() == []
    post(workspace, "For @Bob Boss", alice)
    assert told() == ["Bob", "Bob", "Bob"]


@pytest.mark.parametrize("name", ["*.+?(a|b)*", "x" * 150, "<b>Eve", "Ω# ]["])
def test_a_hostile_name_is_only_a_name(as_, workspace, alice, bob, name):
    bob.name = name
    bob.save()
    post(workspace, f"For @{name} Boss", alice)
    assert len(told()) == 1
    page = as_(alice).get(f"/w/{workspace.pk}/updates")
    assert (page.status_code, "<b>Eve" in page.text, 'class="mention"' in page.text) == (200, False, True)


def test_the_name_stands_out_and_may_be_chosen_while_writing(as_, workspace, alice):
    update = post(workspace, "For @Bob Boss", alice)
    page = as_(alice).get(f"/w/{workspace.pk}/updates").text
    assert 'For <span class="mention">@Bob Boss</span>' in page
    assert "&#34;Bob Boss&#34;" in page.split("data-people=")[1].split(">")[0]
    assert "Alice Author" not in page.split("data-people=")[1].split(">")[0]
    assert Update.objects.get().pk == update.pk
