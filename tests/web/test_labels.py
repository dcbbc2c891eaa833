from superviseme.workspaces.models import Todo
from superviseme.workspaces.todos.models import Priority, TodoState


def test_a_row_says_the_word_of_its_value_as_django_does() -> None:
    assert [Todo(state=state).get_state_display() for state in TodoState] == [str(s.label) for s in TodoState]
    assert [Todo(priority=n.value).get_priority_display() for n in Priority] == [str(n.label) for n in Priority]


def test_an_unknown_value_is_said_as_it_is() -> None:
    assert [Todo(state="lost").get_state_display(), Todo(priority=9).get_priority_display()] == ["lost", "9"]
