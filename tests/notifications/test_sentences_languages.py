"""What an event keeps is worded in the language of who reads it, whoever did it in whichever language."""

import pytest
from django.utils import translation

from superviseme.events.models import Event
from superviseme.notifications.sentences import sentence
from superviseme.ops.bulk.actions import archive, move_projects, unarchive
from superviseme.ops.settings.actions import change_settings
from superviseme.projects.actions import move_project
from superviseme.projects.models import ProjectState
from superviseme.telegram.bot.actions import change_bot
from superviseme.theses.progress.actions import move_thesis
from superviseme.theses.states import State

pytestmark = pytest.mark.django_db


def done_in_german_read_in_italian(verb: str, act) -> str:
    with translation.override("de"):
        act()
    with translation.override("it"):
        return sentence(Event.objects.filter(verb=verb).latest("pk"))


def test_the_state_of_a_thesis(thesis, bob):
    said = done_in_german_read_in_italian("thesis.moved", lambda: move_thesis(thesis, target=State.WRITING, by=bob))
    assert said == "ha portato «Bridges under wind» a «In stesura»"


def test_the_state_of_a_project(project, rita):
    said = done_in_german_read_in_italian(
        "project.moved", lambda: move_project(project, target=ProjectState.COMPLETED, by=rita)
    )
    assert said == "ha portato «Rivers of the Alps» a «Concluso»"


def test_a_batch(thesis, project, ada):
    def archived() -> None:
        archive([thesis.workspace], by=ada)

    assert done_in_german_read_in_italian("batch.done", archived).endswith(": messi in archivio")
    assert done_in_german_read_in_italian("batch.done", lambda: unarchive([thesis.workspace], by=ada)).endswith(
        ": tolti dall’archivio"
    )
    moved = done_in_german_read_in_italian(
        "batch.done", lambda: move_projects([project.workspace], target="completed", by=ada)
    )
    assert moved.endswith(": Concluso")


def test_settings_and_the_bot(ada):
    changed = done_in_german_read_in_italian(
        "settings.changed", lambda: change_settings(group="site", values={"site_name": "Tesi"}, by=ada)
    )
    assert changed == "ha modificato le impostazioni: Nome"
    bot = done_in_german_read_in_italian(
        "telegram.bot_changed", lambda: change_bot(token="", mode="webhook", kinds=None, by=ada)
    )
    assert bot == "ha modificato il bot di Telegram: modo di raggiungerci"


def test_an_old_event_says_what_it_kept(bob):
    event = Event(verb="thesis.moved", title="Bridges", actor=bob, data={"state": "Writing"})
    assert sentence(event) == "moved «Bridges» to «Writing»"
