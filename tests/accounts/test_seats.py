"""An administrator reads on the page of a person what they take part in."""

import re
from typing import Any

import pytest

from superviseme.accounts.models import Person
from tests import people


def test_the_page_of_a_person_lists_their_theses_and_projects(
    ada: Person, alice: Person, bob: Person, as_: Any
) -> None:
    thesis = people.a_thesis(title="Dams of old", author=alice, supervisor=bob).workspace
    river = people.a_project(author=bob, collaborator=alice).workspace
    page = as_(ada).get(f"/admin/users/{alice.pk}").content.decode()
    assert [f'href="{w.get_absolute_url()}"' in page for w in (thesis, river)] == [True, True]
    assert [words in page for words in ("In progress", "Author", "Collaborator")] == [True, True, True]
    assert "Nothing yet" in as_(ada).get(f"/admin/users/{ada.pk}").content.decode()


def test_more_than_a_page_of_them_is_paged(ada: Person, bob: Person, as_: Any) -> None:
    for number in range(26):
        people.a_thesis(title=f"Thesis {number:02}", supervisor=bob)
    browser = as_(ada)
    first = browser.get(f"/admin/users/{bob.pk}").content.decode()
    older = re.search(r'href="(\?after=[^"]+)"', first)[1].replace("&amp;", "&")
    second = browser.get(f"/admin/users/{bob.pk}{older}").content.decode()
    assert (first.count("Thesis "), second.count("Thesis "), "Thesis 00" in second) == (25, 1, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_person_costs_the_same_however_many(
    rows: int, ada: Person, bob: Person, as_: Any, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        people.a_thesis(title=f"Thesis {number}", supervisor=bob)
    browser = as_(ada)
    browser.get(f"/admin/users/{bob.pk}")
    with django_assert_num_queries(10):
        assert browser.get(f"/admin/users/{bob.pk}").content.decode().count("Thesis ") == rows
