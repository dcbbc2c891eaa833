"""Old notifications: what was read stays read, nothing goes out again, links lead where the reader may go."""

from collections.abc import Callable

import pytest

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.notifications.inbox.queries import inbox
from superviseme.notifications.models import Notice
from superviseme.ops.legacy.report import Report
from superviseme.workspaces.models import Update, Workspace

from .predecessor import Predecessor

Importing = Callable[[], Report]


@pytest.fixture
def thesis(old: Predecessor) -> int:
    """Thesis 1 of user 1 (alice), supervised by user 2 (bob); user 3 (mallory) has nothing to do with it."""
    old.user("alice@x.org")
    old.user("bob@x.org", "supervisor")
    old.user("mallory@x.org")
    old.add("thesis", id=1, title="Bridges", author_id=1)
    old.add("thesis_supervisor", thesis_id=1, supervisor_id=2)
    return 1


def test_read_stays_read_and_nothing_is_sent_again(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("notification", recipient_id=2, actor_id=1, thesis_id=1, is_read=1)
    old.add("notification", recipient_id=2, actor_id=1, thesis_id=1, message="Another")
    old.add("notification", recipient_id=2, actor_id=1, thesis_id=1, message="Another")
    old.add("notification", recipient_id=99, actor_id=1)

    report = imported()

    assert [bool(n.read_at) for n in Notice.objects.order_by("pk")] == [True, False]
    assert not Notice.objects.filter(spread_at=None).exists()
    assert report.tables["notification"] == {"read": 4, "imported": 2, "merged": 1, "refused": 1}


def test_a_notice_reads_as_ours_do(old: Predecessor, thesis: int, imported: Importing) -> None:
    old.add("notification", recipient_id=2, actor_id=1, thesis_id=1, title="New update")
    old.add("notification", recipient_id=2, actor_id=404, thesis_id=404, notification_type="odd", title="Hello")

    imported()

    odd, known = inbox(Person.objects.get(email="bob@x.org")).rows
    assert (known.who, known.says, known.event.link) == (
        "Alice",
        "posted an update in Bridges",
        f"/w/{Workspace.objects.get().pk}",
    )
    assert (odd.who, odd.says, odd.event.link) == ("", "in the previous system: «Hello»", "")


def test_a_link_leads_to_the_update_and_only_for_those_who_may_see_it(
    old: Predecessor, thesis: int, imported: Importing
) -> None:
    update = old.add("thesis_update", thesis_id=1, author_id=1)
    address = f"/student/thesis#update-{update}"
    old.add(
        "notification", recipient_id=1, actor_id=2, thesis_id=1, notification_type="new_feedback", action_url=address
    )
    old.add(
        "notification", recipient_id=3, actor_id=2, thesis_id=1, notification_type="new_feedback", action_url=address
    )

    imported()

    links = dict(Notice.objects.values_list("recipient__email", "event__link"))
    assert links == {"alice@x.org": Update.objects.get().get_absolute_url(), "mallory@x.org": ""}


def test_the_history_of_a_workspace_tells_what_happened_once(
    old: Predecessor, thesis: int, imported: Importing
) -> None:
    old.add("thesis_update", thesis_id=1, author_id=1)
    old.add("notification", recipient_id=2, actor_id=1, thesis_id=1)

    imported()

    history = Event.objects.filter(workspace_number=Workspace.objects.get().pk, verb=Verb.UPDATE_POSTED)
    assert [e.actor.email for e in history] == ["alice@x.org"]
    assert Event.objects.filter(verb=Verb.DATA_IMPORTED).count() == 1
