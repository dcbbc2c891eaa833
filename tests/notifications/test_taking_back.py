"""An archive that is undone before anybody heard of it is not told; who heard of the one hears of the other."""

from datetime import timedelta

import pytest

from superviseme.events.models import Event
from superviseme.notifications.inbox.actions import mark_read
from superviseme.notifications.models import Notice
from superviseme.ops.bulk.actions import archive, undo_archive
from superviseme.web.time import now, simulated
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.people.actions import set_muted
from superviseme.workspaces.room.actions import freeze_workspace, unfreeze_workspace
from tests import people

from .conftest import letters_to


@pytest.fixture
def theses(bob, alice):
    return [people.a_thesis(title=f"Thesis {n}", author=alice, supervisor=bob).workspace for n in range(5)]


@pytest.fixture
def archived(ada, theses):
    """The event of the batch, for its undo."""
    return Event.objects.get(pk=archive(theses, by=ada).event)


def told(person):
    return sorted(Notice.objects.filter(recipient=person).values_list("verb", flat=True))


def test_what_is_undone_at_once_is_told_to_nobody(ada, bob, alice, archived, later):
    assert undo_archive(archived, by=ada) == 5
    later()
    assert (told(bob), told(alice), letters_to(bob), letters_to(alice)) == ([], [], [], [])


def test_the_history_keeps_both(ada, archived, theses):
    undo_archive(archived, by=ada)
    here = Event.objects.filter(workspace_number=theses[0].pk).order_by("pk")
    assert list(here.values_list("verb", flat=True))[-2:] == ["workspace.frozen", "workspace.unfrozen"]


def test_who_had_the_letter_gets_a_second_one(ada, bob, archived, later):
    later()
    with simulated(now() + timedelta(minutes=5)):
        undo_archive(archived, by=ada)
    later(600)
    first, second = letters_to(bob)
    assert ("froze «Thesis 0»" in first.text, "unfroze «Thesis 0»" in second.text) == (True, True)
    assert told(bob) == ["workspace.frozen"] * 5 + ["workspace.unfrozen"] * 5


def test_who_read_it_in_the_app_hears_of_the_undo(ada, bob, alice, archived):
    mark_read(Notice.objects.filter(recipient=bob).earliest("pk"), by=bob)
    undo_archive(archived, by=ada)
    assert (told(bob), told(alice)) == (["workspace.frozen", "workspace.unfrozen"], [])


def test_a_letter_that_waits_for_the_day_is_not_written(ada, bob, archived, later, wants):
    wants(bob, "course", "daily")
    later()
    undo_archive(archived, by=ada)
    later(2 * 86_400)
    assert (told(bob), letters_to(bob)) == ([], [])


def test_in_a_muted_thesis_nothing_stays_either(ada, bob, theses):
    set_muted(theses[0], muted=True, by=bob)
    event = archive(Workspace.objects.filter(pk=theses[0].pk), by=ada).event
    undo_archive(Event.objects.get(pk=event), by=ada)
    assert told(bob) == []


def test_a_freeze_that_was_meant_is_told_with_its_end(ada, bob, theses):
    freeze_workspace(theses[0], by=ada)
    unfreeze_workspace(theses[0], by=ada)
    assert told(bob) == ["workspace.frozen", "workspace.unfrozen"]
