"""Updates: posting, answering, editing, deleting, tagging."""

import pytest

from superviseme.notifications.models import Notice
from superviseme.workspaces.models import Comment, Todo, TodoMention, Update
from superviseme.workspaces.updates import actions


@pytest.fixture
def update(workspace, alice):
    return actions.post_update(workspace, kind="progress", text="Read **ten** papers", by=alice)


def told(verb):
    return sorted(Notice.objects.filter(verb=verb).values_list("recipient__name", flat=True))


def test_an_update_is_told_to_everybody_who_works_there_but_not_to_its_author(update):
    assert told("update.posted") == ["Bob", "Carol"]


def test_the_author_posts_in_the_browser_and_reads_it_rendered(as_, alice, workspace):
    browser = as_(alice)
    answer = browser.post(
        f"/w/{workspace.pk}/updates", {"kind": "progress", "text": "Now **bold**", "tags": "Reading, reading, Plan"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/w/{workspace.pk}/updates")
    page = browser.get(f"/w/{workspace.pk}/updates").text
    assert "Now <strong>bold</strong>" in page
    assert list(Update.objects.get().tags.values_list("word", flat=True)) == ["reading", "Plan"]


def test_a_click_is_answered_with_the_new_card(as_, alice, workspace):
    answer = as_(alice).post(
        f"/w/{workspace.pk}/updates", {"kind": "question", "text": "Why?"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert f'id="update-{Update.objects.get().pk}"' in answer.text
    assert "<html" not in answer.text


def test_a_double_submit_makes_one_update(as_, alice, workspace):
    for _ in range(2):
        as_(alice).post(f"/w/{workspace.pk}/updates", {"kind": "progress", "text": "Once"})
    assert Update.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01"])
def test_an_empty_update_comes_back_with_the_reason(as_, alice, workspace, text):
    answer = as_(alice).post(f"/w/{workspace.pk}/updates", {"kind": "progress", "text": text, "tags": "kept"})
    assert answer.status_code == 422
    assert 'value="kept"' in answer.text
    assert Update.objects.count() == 0


def test_a_megabyte_of_text_comes_back_with_the_reason(as_, alice, workspace):
    answer = as_(alice).post(f"/w/{workspace.pk}/updates", {"kind": "progress", "text": "x" * 1_000_000})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>"]
)
def test_scripts_in_a_text_are_shown_as_words_or_not_at_all(as_, bob, alice, workspace, text):
    actions.post_update(workspace, kind="progress", text=text, by=alice)
    page = as_(bob).get(f"/w/{workspace.pk}/updates").text
    for danger in ("<script>alert", 'href="javascript:', "<img src=x"):
        assert danger not in page


def test_a_comment_and_feedback_name_who_wrote_them(as_, bob, carol, workspace, update):
    as_(bob).post(f"/w/{workspace.pk}/updates/{update.pk}/feedback", {"text": "Well done"})
    as_(carol).post(f"/w/{workspace.pk}/updates/{update.pk}/comments", {"text": "Agreed"})
    rows = Comment.objects.order_by("pk").values_list("created_by__name", "is_feedback")
    assert list(rows) == [("Bob", True), ("Carol", False)]
    assert told("feedback.given") == ["Alice", "Carol"]


def test_only_a_supervisor_gives_feedback_on_a_thesis(as_, alice, carol, workspace, update):
    for somebody in (alice, carol):
        answer = as_(somebody).post(f"/w/{workspace.pk}/updates/{update.pk}/feedback", {"text": "Mine"})
        assert answer.status_code == 403
    assert Comment.objects.count() == 0


def test_a_reply_to_a_reply_stays_on_the_first_indent(workspace, update, alice, bob):
    top = actions.comment_on(update, text="One", by=bob)
    reply = actions.comment_on(update, text="Two", by=alice, parent=top)
    assert actions.comment_on(update, text="Three", by=bob, parent=reply).parent == top


def test_a_reply_cannot_hang_on_a_comment_of_another_update(as_, bob, alice, workspace, update):
    other = actions.post_update(workspace, kind="progress", text="Other", by=alice)
    comment = actions.comment_on(other, text="There", by=bob)
    answer = as_(bob).post(f"/w/{workspace.pk}/updates/{update.pk}/comments", {"text": "Here", "parent": comment.pk})
    assert answer.status_code == 404


def test_only_the_author_edits_a_text(as_, bob, alice, workspace, update):
    where = f"/w/{workspace.pk}/updates/{update.pk}/edit"
    assert as_(bob).post(where, {"kind": "progress", "text": "Changed", "version": 1}).status_code == 403
    assert as_(alice).post(where, {"kind": "progress", "text": "Changed", "version": 1}).status_code == 302
    update.refresh_from_db()
    assert (update.text, update.version) == ("Changed", 2)


def test_a_stale_edit_keeps_both_texts(as_, alice, workspace, update):
    where = f"/w/{workspace.pk}/updates/{update.pk}/edit"
    as_(alice).post(where, {"kind": "progress", "text": "First hand", "version": 1})
    answer = as_(alice).post(where, {"kind": "progress", "text": "Second hand", "version": 1})
    assert answer.status_code == 409
    assert "First hand" in answer.text
    assert "Second hand" in answer.text
    assert as_(alice).post(where, {"kind": "progress", "text": "Second hand", "version": 2}).status_code == 302


def test_a_supervisor_deletes_and_undoes(as_, bob, workspace, update):
    browser = as_(bob)
    browser.post(f"/w/{workspace.pk}/updates/{update.pk}/deletion")
    assert browser.get(f"/w/{workspace.pk}/updates/{update.pk}").status_code == 404
    browser.post(f"/w/{workspace.pk}/updates/{update.pk}/restoration")
    assert browser.get(f"/w/{workspace.pk}/updates/{update.pk}").status_code == 200


def test_a_collaborator_cannot_delete_what_another_wrote(as_, carol, workspace, update):
    answer = as_(carol).post(f"/w/{workspace.pk}/updates/{update.pk}/deletion")
    assert answer.status_code == 403
    assert "supervisor" in answer.text


def test_nothing_is_written_below_a_frozen_workspace(as_, alice, bob, workspace, update):
    as_(bob).post(f"/w/{workspace.pk}/freeze", {"why": "Summer"})
    tries = [
        ("updates", {"kind": "progress", "text": "More"}),
        (f"updates/{update.pk}/comments", {"text": "More"}),
        (f"updates/{update.pk}/edit", {"kind": "progress", "text": "More", "version": 1}),
        (f"updates/{update.pk}/deletion", {}),
        (f"updates/{update.pk}/tags", {"words": "more"}),
    ]
    for place, data in tries:
        answer = as_(alice).post(f"/w/{workspace.pk}/{place}", data)
        assert answer.status_code == 403
        assert "frozen" in answer.text
    assert Update.objects.count() == 1


def test_an_administrator_does_not_speak_for_others(as_, ada, workspace, update):
    assert as_(ada).post(f"/w/{workspace.pk}/updates", {"kind": "progress", "text": "Me too"}).status_code == 403
    assert as_(ada).post(f"/w/{workspace.pk}/updates/{update.pk}/deletion").status_code == 302


def test_an_outsider_finds_nothing(as_, mallory, workspace, update):
    for place in ("updates", f"updates/{update.pk}", f"updates/{update.pk}/edit"):
        assert as_(mallory).get(f"/w/{workspace.pk}/{place}").status_code == 404
    assert as_(mallory).post(f"/w/{workspace.pk}/updates", {"kind": "progress", "text": "Hi"}).status_code == 404


def test_a_tag_is_kept_once_and_removed_by_anybody_working_there(as_, alice, carol, workspace, update):
    where = f"/w/{workspace.pk}/updates/{update.pk}/tags"
    as_(alice).post(where, {"words": "Wind, wind"})
    as_(carol).post(where, {"words": "WIND"})
    tag = update.tags.get()
    assert as_(carol).post(f"{where}/{tag.pk}/deletion").status_code == 302
    assert update.tags.count() == 0


def test_editing_rebuilds_the_references(workspace, update, alice):
    todo = Todo.objects.create(workspace=workspace, number=1, title="Read chapter", created_by=alice)
    actions.edit_update(update, kind="progress", text="See @todo:1", by=alice)
    assert TodoMention.objects.get().todo == todo
    actions.edit_update(update, kind="progress", text="Never mind", by=alice)
    assert TodoMention.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_the_number_of_updates(
    as_, bob, alice, workspace, rows, django_assert_num_queries
):
    for n in range(rows):
        one = actions.post_update(workspace, kind="progress", text=f"Number {n}", tags=["a", "b"], by=alice)
        actions.comment_on(one, text="Fine", by=bob)
    browser = as_(bob)
    browser.get(f"/w/{workspace.pk}/updates")
    with django_assert_num_queries(12):
        browser.get(f"/w/{workspace.pk}/updates")


def test_an_answer_below_a_deleted_update_cannot_be_changed(as_, bob, workspace, update):
    answer = actions.comment_on(update, text="Fine", by=bob)
    actions.delete_update(update, by=bob)
    where = f"/w/{workspace.pk}/updates/{update.pk}/comments/{answer.pk}"
    answers = [as_(bob).post(f"{where}/edit", {"text": "Changed"}), as_(bob).post(f"{where}/deletion")]
    assert [one.status_code for one in answers] == [404, 404]
