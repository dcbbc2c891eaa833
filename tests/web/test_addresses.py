import pytest
from django import urls

from superviseme.web.addresses import reverse


@pytest.mark.parametrize(
    ("name", "args"),
    [("workspace", [7]), ("todo_completion", [7, 3]), ("projects", []), ("styleguide_place", ["buttons"])],
)
def test_an_address_is_what_django_says(name: str, args: list[object]) -> None:
    assert reverse(name, args=args) == urls.reverse(name, args=args)


def test_numbers_keep_their_places() -> None:
    assert [reverse("todo", args=[1, 2]), reverse("todo", args=[2, 1])] == ["/w/1/todos/2", "/w/2/todos/1"]


@pytest.mark.parametrize("args", [[], [-1], ["x"], [1, 2, 3, 4]])
def test_what_is_no_address_is_refused(args: list[object]) -> None:
    with pytest.raises(urls.NoReverseMatch):
        reverse("workspace", args=args)
