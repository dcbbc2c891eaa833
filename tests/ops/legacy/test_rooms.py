"""What lies in a workspace: updates, to-dos, references, meetings, resources, goals; of theses and of projects."""

from collections.abc import Callable
from datetime import date

import pytest

from superviseme.ops.legacy.report import Report
from superviseme.publications.models import Publication
from superviseme.search.models import SearchEntry
from superviseme.workspaces.models import (
    Comment,
    Document,
    Goal,
    Meeting,
    Member,
    Tag,
    Todo,
    TodoMention,
    Update,
    Workspace,
)

from .conftest import reasons
from .predecessor import THEN, Predecessor

Importing = Callable[[], Report]


@pytest.fixture
def thesis(old: Predecessor) -> int:
    """Thesis 1 of user 1 (alice), supervised by user 2 (bob)."""
    old.user("alice@x.org")
    old.user("bob@x.org", "supervisor")
    old.add("thesis", id=1, author_id=1)
    old.add("thesis_supervisor", thesis_id=1, supervisor_id=2)
    return 1


def test_answers_hang_where_they_hung_and_feedback_is_marked(
    old: Predecessor, thesis: int, imported: Importing
) -> None:
    post = old.add("thesis_update", thesis_id=1, author_id=1, content="Post")
    answer = old.add(
        "thesis_update", thesis_id=1, author_id=2, update_type="supervisor_comment", parent_id=post, content="Good"
    )
    reply = old.add(
        "thesis_update", thesis_id=1, author_id=1, update_type="student_comment", parent_id=answer, content="Thanks"
    )
    old.add("thesis_update", thesis_id=1, author_id=1, update_type="student_comment", parent_id=reply, content="Again")
    old.add("thesis_update", thesis_id=1, author_id=2, update_type="supervisor_update", content="On its own")

    imported()

    assert list(Update.objects.values_list("text", "kind")) == [("Post", "progress"), ("On its own", "feedback")]
    found = [(c.text, c.is_feedback, c.parent.text if c.parent else None) for c in Comment.objects.order_by("pk")]
    assert found == [("Good", True, None), ("Thanks", False, "Good"), ("Again", False, "Good")]


def test_a_students_forged_feedback_loses_its_mark(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("thesis_update", thesis_id=1, author_id=1, update_type="supervisor_update", content="I am great")

    report = imported()

    assert Update.objects.get().kind == "progress"
    assert "feedback is a supervisor's to give; kept without the mark" in reasons(report, "thesis_update")


def test_answers_that_lead_nowhere_stand_for_themselves(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("thesis", id=2, author_id=1)
    elsewhere = old.add("thesis_update", thesis_id=2, author_id=1)
    old.add("thesis_update", thesis_id=1, author_id=1, parent_id=elsewhere, content="foreign")
    old.add("thesis_update", thesis_id=1, author_id=1, parent_id=999, content="orphan")
    old.add("thesis_update", id=50, thesis_id=1, author_id=1, parent_id=51, content="circle")
    old.add("thesis_update", id=51, thesis_id=1, author_id=1, parent_id=50, content="round")

    imported()

    assert sorted(Update.objects.filter(workspace__thesis__workspace__description="A description").values_list("text", flat=True)) == [
        "A text", "circle", "foreign", "orphan",
    ]  # fmt: skip
    assert [(c.text, c.update.text) for c in Comment.objects.all()] == [("round", "circle")]


def test_texts_of_people_who_are_gone_are_kept(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("thesis_update", thesis_id=1, author_id=77, content="Still here")
    old.add("todo", thesis_id=1, author_id=78)

    imported()

    assert Update.objects.get().created_by == Todo.objects.get().created_by
    assert (Update.objects.get().created_by.full_name, Update.objects.get().created_by.is_active) == (
        "Former member",
        False,
    )


def test_todos_keep_their_number(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("todo", id=41, thesis_id=1, author_id=1, title="Read", priority="high", due_date=THEN, assigned_to_id=2)
    old.add("todo", id=43, thesis_id=1, author_id=2, status="completed", completed_at=THEN + 7)
    old.add("todo", id=2**40, thesis_id=1, author_id=2, assigned_to_id=99, due_date="never")

    report = imported()

    first, second, third = Todo.objects.order_by("number")
    assert [first.number, second.number, third.number] == [41, 43, 44]
    assert (first.title, first.priority, first.due_on, first.assignee.email) == (
        "Read",
        1,
        date(2025, 10, 9),
        "bob@x.org",
    )
    assert (second.state, second.closed_at.timestamp()) == ("done", THEN + 7)
    assert (third.assignee, third.due_on) == (None, None)
    assert Workspace.objects.get().last_todo == 44
    assert len(reasons(report, "todo")) == 3


def test_references_stay_within_one_workspace(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("thesis", id=2, author_id=1)
    own, foreign = old.add("todo", thesis_id=1, author_id=1), old.add("todo", thesis_id=2, author_id=1)
    update = old.add("thesis_update", thesis_id=1, author_id=1)
    comment = old.add(
        "thesis_update", thesis_id=1, author_id=1, parent_id=update, content=f"see @todo:{own} and @todo:{foreign}"
    )
    note = old.add("meeting_note", thesis_id=1, author_id=1)
    for todo in (own, own, foreign, 99):
        old.add("todo_reference", update_id=update, todo_id=todo)
    old.add("meeting_note_reference", meeting_note_id=note, todo_id=own)

    report = imported()

    mentions = TodoMention.objects.filter(todo__number=own)
    assert (
        mentions.filter(update=Update.objects.get()).count(),
        mentions.filter(meeting=Meeting.objects.get()).count(),
    ) == (1, 1)
    assert mentions.filter(comment=Comment.objects.get()).count() == 1, f"found in the text of {comment}"
    assert not TodoMention.objects.filter(todo__number=foreign).exists()
    assert report.tables["todo_reference"] == {"read": 4, "imported": 1, "merged": 1, "refused": 2}


@pytest.mark.parametrize(
    ("address", "kind", "kept"),
    [
        ("https://example.org/a?b=c", "link", "https://example.org/a?b=c"),
        ("  HTTP://Example.org ", "link", "http://Example.org"),
        ("javascript:alert(1)", "text", "javascript:alert(1)"),
        ("java\nscript:alert(1)", "text", "java script:alert(1)"),
        ("data:text/html,x", "text", "data:text/html,x"),
        ("https://", "text", "https://"),
        ("www.example.org", "text", "www.example.org"),
    ],
)
def test_only_web_addresses_become_links(
    address: str, kind: str, kept: str, old: Predecessor, thesis: int, imported: Importing
) -> None:
    old.add("resource", thesis_id=1, resource_url=address, resource_type="paper", description="The paper")

    imported()

    document = Document.objects.get()
    assert (document.kind, document.url, document.title, document.category) == (kind, kept, "The paper", "paper")


def test_notes_are_meetings_with_a_record_their_writer_has_confirmed(
    old: Predecessor, thesis: int, imported: Importing
) -> None:
    old.add("meeting_note", thesis_id=1, author_id=2, title="Kick-off", content="- agreed")

    imported()

    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.notes, meeting.starts_at.timestamp(), meeting.number) == (
        "Kick-off",
        "- agreed",
        THEN,
        1,
    )
    assert [(a.person.email, bool(a.confirmed_at)) for a in meeting.attendees.all()] == [("bob@x.org", True)]


def test_goals_keep_kind_status_and_frost(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("thesis_objective", thesis_id=1, author_id=1, frozen=1)
    old.add("thesis_hypothesis", thesis_id=1, author_id=1, status="archived")

    imported()

    frozen, dropped = Goal.objects.order_by("number")
    assert (frozen.kind, frozen.state, frozen.frozen_by.email) == ("objective", "open", "bob@x.org")
    assert (dropped.kind, dropped.state, dropped.frozen_at) == ("hypothesis", "dropped", None)


def test_tags_are_there_once_and_on_updates_only(old: Predecessor, thesis: int, imported: Importing) -> None:
    update = old.add("thesis_update", thesis_id=1, author_id=1)
    comment = old.add("thesis_update", thesis_id=1, author_id=1, parent_id=update)
    for target, tag in ((update, "Question"), (update, "question "), (update, ""), (comment, "x"), (99, "y")):
        old.add("update_tag", update_id=target, tag=tag)

    report = imported()

    assert Tag.objects.get().word == "Question"
    assert report.tables["update_tag"] == {"read": 5, "imported": 1, "merged": 1, "refused": 3}


def test_a_project_comes_with_people_labels_states_and_everything_in_it(old: Predecessor, imported: Importing) -> None:
    rita, carol = old.user("rita@x.org", "researcher"), old.user("carol@x.org", "researcher")
    number = old.add("research_project", title="Alps", researcher_id=rita, level="pilot")
    for person in (carol, carol, rita):
        old.add("research_project_collaborator", project_id=number, collaborator_id=person, role="advisor")
    old.add("research_project_status", project_id=number, status="ongoing")
    update = old.add("research_project_update", project_id=number, author_id=carol, update_type="milestone")
    todo = old.add("research_project_todo", id=7, project_id=number, author_id=rita, assigned_to_id=carol)
    old.add("research_project_todo_reference", update_id=update, todo_id=todo)
    for table in ("resource", "objective", "hypothesis", "meeting_note"):
        old.add(f"research_project_{table}", project_id=number, author_id=rita)

    report = imported()

    room = Workspace.objects.get()
    assert (room.project.kind, room.project.state, room.project.changes.get().original) == (
        "pilot",
        "active",
        "ongoing",
    )
    assert list(Member.objects.values_list("person__email", "seat", "label")) == [
        ("rita@x.org", "author", ""),
        ("carol@x.org", "collaborator", "advisor"),
    ]
    assert (Update.objects.get().kind, Todo.objects.get().number, TodoMention.objects.count()) == ("milestone", 7, 1)
    assert (Document.objects.count(), Goal.objects.count(), Meeting.objects.count()) == (1, 2, 1)
    assert report.tables["research_project_collaborator"]["merged"] == 2


def test_rows_of_a_missing_thesis_are_refused_with_the_reason(old: Predecessor, imported: Importing) -> None:
    old.user("alice@x.org")
    for table in (
        "thesis_update",
        "todo",
        "meeting_note",
        "resource",
        "thesis_objective",
        "thesis_status",
        "thesis_tag",
    ):
        old.add(table, thesis_id=9, author_id=1)

    report = imported()

    assert len(report.refusals) == 7
    assert {r["reason"] for r in report.refusals} == {"its thesis is not in the file or was refused"}


def test_publications_of_one_person_are_there_once(old: Predecessor, imported: Importing) -> None:
    rita = old.user("rita@x.org", "researcher")
    doi = '[{"type": "doi", "value": "10.1/x"}]'
    old.add(
        "orcid_activity",
        user_id=rita,
        title="A paper",
        publication_date="2024-05",
        url="https://doi.org/10.1/x",
        external_ids=doi,
    )
    old.add("orcid_activity", user_id=rita, title="A Paper (reprint)", external_ids=doi)
    old.add("orcid_activity", user_id=rita, title="Another", url="javascript:alert(1)")

    report = imported()

    paper, other = Publication.objects.order_by("pk")
    assert (paper.title, paper.published, paper.identifiers) == ("A paper", "2024-05", {"doi": "10.1/x"})
    assert (other.url, other.identifiers) == ("", {"address": "javascript:alert(1)"})
    assert report.tables["orcid_activity"]["merged"] == 1


def test_what_was_imported_is_found_by_the_search(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("thesis_update", thesis_id=1, author_id=1, content="An unusual word: xylophone")

    imported()

    entry = SearchEntry.objects.get(body__contains="xylophone")
    assert entry.workspace_number == Workspace.objects.get().pk
