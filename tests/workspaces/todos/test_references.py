"""References to to-dos: what is recognised, what it finds, what it becomes."""

import time

import pytest

from superviseme.web.text import markdown
from superviseme.workspaces.models import Todo, TodoMention
from superviseme.workspaces.todos import actions
from superviseme.workspaces.todos.references import find, linker, resolve, said
from superviseme.workspaces.updates import actions as updates

from ... import people

TITLES = ["Write the introduction", "Chapter 1: end-to-end test", "Buy 12 sensors", "Don't panic", "Write"]


@pytest.fixture
def todos(workspace, alice):
    return [
        Todo.objects.create(workspace=workspace, number=n, title=t, created_by=alice) for n, t in enumerate(TITLES, 1)
    ]


def numbers(workspace, text):
    return [todo.number for todo in resolve(workspace, text)]


def shown(workspace, text):
    return markdown(text, linker(resolve(workspace, text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@todo:3", [3]),
        ("#todo-3", [3]),
        ("@TODO-3, #Todo:3.", [3]),
        ("see (@todo:3) and **@todo:1**!", [3, 1]),
        ("_@todo:3_", [3]),
        ("@todo:003", [3]),
        ('@todo:"the introduction"', [1]),
        ("@todo:“the introduction” and @todo:„panic”", [1, 4]),
        ("@todo:the-introduction.", [1]),
        ("@todo:dont-panic", []),
        ("@todo:don-t-panic", [4]),
        ('@todo:"end-to-end test"', [2]),
        ("@todo:end-to-end", [2]),
        ('@todo:"WRITE"', [5]),
        ("@todo:writ", [5]),
        ("- [ ] @todo:1\n- [x] @todo:2", [1, 2]),
        ("| a | b |\n|---|---|\n| @todo:1 | x |", [1]),
        ("> # @todo:4", [4]),
    ],
)
def test_a_text_names_todos_in_every_way_of_writing(workspace, todos, text, found):
    assert numbers(workspace, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "@todo:12",
        "@todo:12-",
        "@todo:012",
        "@todo:99999999999999999999",
        "@todo:" + "1" * 40_000,
        "@todo:0",
        "@todo:١",
        "@todo:",
        "todo:3",
        "me@todo:3",
        "https://example.org/#todo-3",
        "https://example.org/?#todo-3",
        "`@todo:3`",
        "```\n@todo:3\n```",
        "    @todo:3",
        "[@todo:3](https://example.org)",
        '@todo:"!!!"',
        "@todo:-3",
        "",
    ],
)
def test_what_only_looks_like_a_reference_finds_nothing(workspace, todos, text):
    assert numbers(workspace, text) == []


def test_a_number_is_never_part_of_a_title(workspace, todos):
    assert numbers(workspace, "@todo:1") == [1]
    assert numbers(workspace, '@todo:"12"') == [3]


def test_todos_of_another_workspace_are_not_found(workspace, todos, alice, mallory):
    other = people.a_thesis(title="Elsewhere", author=mallory).workspace
    Todo.objects.create(workspace=other, number=9, title="A secret of Mallory", created_by=mallory)
    assert numbers(workspace, '@todo:9 @todo:"A secret of Mallory" @todo:a-secret') == []


def test_a_deleted_todo_is_neither_found_nor_shown(workspace, todos, alice, bob):
    update = updates.post_update(workspace, kind="progress", text="Now @todo:1 and @todo:2", by=alice)
    actions.delete_todo(todos[0], by=alice)
    page = markdown(update.text, linker(Todo.objects.filter(mentions__update=update, deleted_at=None)))
    assert '<span class="todo-unknown">@todo:1</span>' in page
    assert 'href="' + todos[1].get_absolute_url() + '"' in page
    assert numbers(workspace, "@todo:1") == []


def test_mentions_follow_every_edit(workspace, todos, alice):
    def mentioned():
        return sorted(TodoMention.objects.filter(update=update).values_list("todo__number", flat=True))

    update = updates.post_update(workspace, kind="progress", text="@todo:1 @todo:2 @todo:1", by=alice)
    assert mentioned() == [1, 2]
    updates.edit_update(update, kind="progress", text="only #todo-3", by=alice)
    assert mentioned() == [3]
    updates.edit_update(update, kind="progress", text="`@todo:3` is code now", by=alice)
    assert mentioned() == []


def test_a_reference_becomes_a_link_with_number_and_title(workspace, todos):
    assert f'href="/w/{workspace.pk}/todos/3"' in shown(workspace, "Now @todo:3!")
    assert "#3 Buy 12 sensors</a>!" in shown(workspace, "Now @todo:3!")


@pytest.mark.parametrize(
    "title",
    ['<script>alert("1")</script>', "a < b && c", '"><img src=x onerror=alert(1)>', "it's *starred* `code` [x](y)"],
)
def test_a_title_with_markup_is_shown_as_written(workspace, alice, title):
    Todo.objects.create(workspace=workspace, number=1, title=title, created_by=alice)
    page = shown(workspace, "see @todo:1 now")
    assert page.striptags() == f"see #1 {' '.join(title.split())} now"
    assert "<script" not in page and "<img" not in page and "<em>" not in page


def test_marks_inside_a_quoted_title_do_not_break_the_reference(workspace, alice):
    Todo.objects.create(workspace=workspace, number=1, title="The *best* `plan` [ever]", created_by=alice)
    page = shown(workspace, 'Do @todo:"the *best* `plan` [ever]" **soon**')
    assert page.count("<a ") == 1
    assert "<strong>soon</strong>" in page


def test_a_reference_in_code_or_in_a_link_stays_as_typed(workspace, todos):
    page = shown(workspace, "`@todo:1` [go @todo:1](https://example.org) @todo:1")
    assert "<code>@todo:1</code>" in page
    assert ">go @todo:1</a>" in page
    assert page.count("todo-ref") == 1


def test_an_unknown_reference_is_shown_escaped(workspace, todos):
    assert '<span class="todo-unknown">@todo:"&lt;b&gt;"</span>' in shown(workspace, '@todo:"<b>"')


@pytest.mark.parametrize(
    "text",
    [
        "@todo:1 " * 6_000,
        '@todo:"' * 7_000,
        "@todo:a-" * 6_000,
        "@todo:" * 8_000,
        "".join(f"@todo:word-{n} " for n in range(3_000)),
        "@todo:" + "1" * 49_000,
    ],
)
def test_fifty_thousand_characters_are_read_quickly(workspace, todos, alice, text):
    Todo.objects.bulk_create(
        Todo(workspace=workspace, number=n, title=f"Number {n} of many", created_by=alice) for n in range(10, 500)
    )
    start = time.process_time()
    shown(workspace, text)
    assert time.process_time() - start < 3


def test_at_most_two_hundred_different_references_are_kept(workspace):
    assert len(find("".join(f"@todo:{n} " for n in range(1, 400)))) == 200


def test_words_that_found_a_todo_stay_bound_to_it_when_it_is_renamed(workspace, todos, alice, as_):
    texts = ['First @todo:"the introduction" and @todo:panic', "Then @todo:12 and @todo:don-t-panic"]
    update = updates.post_update(workspace, kind="progress", text=texts[0], by=alice)
    comment = updates.comment_on(update, text=texts[1], by=alice)
    for number, title in [(1, "Preface"), (4, "Stay calm")]:
        Todo.objects.filter(workspace=workspace, number=number).update(title=title)
    Todo.objects.create(workspace=workspace, number=6, title="The introduction, again", created_by=alice)

    page = as_(alice).get(update.get_absolute_url()).text
    updates.edit_update(update, kind="progress", text=f"Edited. {texts[0]}", by=alice)
    updates.edit_comment(comment, text=f"Edited. {texts[1]}", by=alice)
    edited = as_(alice).get(update.get_absolute_url()).text

    shown_there = [("#1 Preface</a>" in p, p.count("#4 Stay calm</a>"), "#6 The" in p) for p in (page, edited)]
    assert shown_there == [(True, 2, False), (True, 2, False)]
    assert page.count("todo-unknown") == 1  # there is no @todo:12


def test_words_taken_out_of_a_text_are_bound_no_more(workspace, todos, alice):
    update = updates.post_update(workspace, kind="progress", text="@todo:panic @todo:4 @todo:sensors", by=alice)
    updates.edit_update(update, kind="progress", text="@todo:4", by=alice)
    assert list(TodoMention.objects.values_list("todo__number", "words")) == [(4, "")]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Now **@todo:3**!", "Now #3!"),
        ('See @todo:"the <b> intro" and #todo-12.', "See the <b> intro and #12."),
        ("@todo:end-to-end-test `@todo:3`", "end to end test @todo:3"),
    ],
)
def test_where_nothing_can_be_clicked_a_reference_reads_as_words(text, spoken):
    assert said(text) == spoken
