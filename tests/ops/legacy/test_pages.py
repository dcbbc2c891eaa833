"""After the import the site serves it: whatever page a role can reach by its links opens."""

import html
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from superviseme.accounts.models import Person
from superviseme.ops.legacy.run import import_predecessor

from .chaos import chaotic
from .predecessor import THEN, Predecessor

pytestmark = pytest.mark.django_db
AWKWARD = "O'Clark <b>bold</b> =1+1 日本語 %s {{ x }}"
DESKS = {
    "ada@x.org": "/admin/dashboard",
    "bob@x.org": "/supervisor/dashboard",
    "rita@x.org": "/researcher/dashboard",
    "alice@x.org": "/student/dashboard",
    "mallory@x.org": "/student/dashboard",
}
_LINK = re.compile(r'href="(/[^"#]*)')


def full(path: Path) -> Path:
    """One of everything, with words that want to be escaped."""
    old = Predecessor(path)
    ada, bob = old.user("ada@x.org", "admin"), old.user("bob@x.org", "supervisor", name=AWKWARD)
    rita, alice = old.user("rita@x.org", "researcher"), old.user("alice@x.org", surname=AWKWARD)
    mallory = old.user("mallory@x.org", is_enabled=1)
    old.add("supervisor_role", researcher_id=rita, granted_by=ada)
    for author, public, frozen in ((alice, 1, 0), (None, 1, 0), (None, 0, 0), (mallory, 0, 1)):
        _thesis(old, author, bob, rita, is_public=public, frozen=frozen)
    project = old.add("research_project", title=AWKWARD, researcher_id=rita)
    old.add("research_project_collaborator", project_id=project, collaborator_id=bob, role="advisor")
    old.add("research_project_status", project_id=project, status=AWKWARD)
    for table in ("update", "todo", "meeting_note", "resource", "objective", "hypothesis"):
        old.add(f"research_project_{table}", project_id=project, author_id=rita, title=AWKWARD, content=AWKWARD)
    old.add("orcid_activity", user_id=rita, title=AWKWARD)
    return old.done()


def _thesis(old: Predecessor, author: int | None, bob: int, rita: int, **facts: int) -> None:
    number = old.add("thesis", title=AWKWARD, description=AWKWARD, author_id=author, publisher_id=bob, **facts)
    for person in (bob, rita):
        old.add("thesis_supervisor", thesis_id=number, supervisor_id=person)
    for word in ("thesis accepted", "submitted", "completed"):
        old.add("thesis_status", thesis_id=number, status=word)
    old.add("thesis_tag", thesis_id=number, tag=AWKWARD)
    old.add("thesis_interest", thesis_id=number, student_id=author or 4, message=AWKWARD)
    todo = old.add("todo", thesis_id=number, author_id=bob, title=AWKWARD, assigned_to_id=author, due_date=THEN)
    update = old.add("thesis_update", thesis_id=number, author_id=author or bob, content=f"{AWKWARD} @todo:{todo}")
    old.add("thesis_update", thesis_id=number, author_id=bob, update_type="feedback", parent_id=update, content=AWKWARD)
    old.add("update_tag", update_id=update, tag=AWKWARD)
    old.add("meeting_note", thesis_id=number, author_id=bob, title=AWKWARD, content=f"see #todo-{todo}")
    for address in ("https://example.org/", "javascript:alert(1)"):
        old.add("resource", thesis_id=number, resource_url=address, description=AWKWARD)
    for table in ("thesis_objective", "thesis_hypothesis"):
        old.add(table, thesis_id=number, author_id=author or bob, title=AWKWARD, frozen=1)
    for reader in (bob, rita):
        old.add("notification", recipient_id=reader, actor_id=author or bob, thesis_id=number, title=AWKWARD)


@pytest.mark.parametrize("email", DESKS)
def test_every_page_a_role_is_led_to_opens(email: str, tmp_path: Path, as_: Callable[[Person], Client]) -> None:
    import_predecessor(full(tmp_path / "old"))

    answers = walk(
        as_(Person.objects.get(email=email)), [DESKS[email], "/theses", "/projects", "/notifications", "/search?q=bold"]
    )

    assert {address: status for address, (status, _) in answers.items() if status not in (200, 302)} == {}
    assert len(answers) > 20
    assert [a for a, (_, page) in answers.items() if "<b>bold</b>" in page or 'href="javascript:' in page] == []


def test_pages_open_whatever_was_in_the_file(tmp_path: Path, as_: Callable[[Person], Client], ada: Person) -> None:
    import_predecessor(chaotic(tmp_path / "old", 7, rows=30))

    answers = walk(
        as_(ada), ["/admin/dashboard", "/admin/users", "/admin/theses", "/admin/audit", "/projects", "/theses"]
    )

    assert {address: status for address, (status, _) in answers.items() if status not in (200, 302)} == {}


def walk(browser: Client, addresses: list[str], alike: int = 2) -> dict[str, tuple[int, str]]:
    """Follow all links; of addresses that differ only by numbers or query, a few."""
    seen: dict[str, tuple[int, str]] = {}
    kinds: Counter[str] = Counter()
    while addresses:
        address = addresses.pop(0)
        kind = re.sub(r"\d+", "N", address.split("?")[0])
        if address in seen or kinds[kind] >= alike or address.startswith("/static"):
            continue
        kinds[kind] += 1
        answer = browser.get(address)
        page = answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
        seen[address] = (answer.status_code, page)
        addresses += [html.unescape(found) for found in _LINK.findall(page)]
    return seen
