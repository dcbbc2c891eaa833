"""Pages and mail speak the language a person chose, else one the browser asks for, else the site's."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import profile_version
from superviseme.outbox.models import Message
from superviseme.policy.labels import adjective, noun
from superviseme.policy.roles import Role
from superviseme.site import values
from superviseme.theses.models import TopicState
from superviseme.theses.states import State
from superviseme.web import dates
from superviseme.workspaces.goals.models import GoalState
from superviseme.workspaces.todos.models import TodoState

pytestmark = pytest.mark.django_db
WORDS = {"en": "Thesis topics", "de": "Themen", "it": "Argomenti di tesi"}


def spoken_by(answer) -> str:
    """The language of a page: said in its head and by its heading."""
    language = answer.headers["Content-Language"]
    assert f'<html lang="{language}"' in answer.text
    assert f"<h1>{WORDS[language]}</h1>" in answer.text
    return language


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de-AT,en;q=0.5", "de"),
        ("fr, it;q=0.8, en;q=0.5", "it"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("ж" * 400, "en"),
    ],
)
def test_a_visitor_is_answered_as_the_browser_asks(client: Client, asked: str, spoken: str) -> None:
    answer = client.get("/theses", headers={"accept-language": asked})

    assert spoken_by(answer) == spoken
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_browser_that_asks_for_none_of_ours_gets_the_sites_language(client: Client) -> None:
    values.remember({"language": "it"})

    assert spoken_by(client.get("/theses", headers={"accept-language": "fr"})) == "it"
    assert spoken_by(client.get("/theses", headers={"accept-language": "de"})) == "de"


def test_a_visitor_chooses_for_this_browser(client: Client) -> None:
    answer = client.post("/language", {"language": "de", "next": "/theses"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/theses")
    assert spoken_by(client.get("/theses", headers={"accept-language": "it"})) == "de"


def test_who_is_signed_in_chooses_for_every_browser(as_, alice: Person) -> None:
    as_(alice).post("/language", {"language": "it"})

    assert spoken_by(as_(alice).get("/theses", headers={"accept-language": "de"})) == "it"


@pytest.mark.parametrize("wrong", ["", "fr", "../../etc", "de\x00", "x" * 5000])
def test_a_language_there_is_not_changes_nothing(as_, alice: Person, wrong: str) -> None:
    answer = as_(alice).post("/language", {"language": wrong, "next": "https://elsewhere.example"})

    alice.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"], alice.language) == (302, "/", "")


def test_a_refusal_speaks_the_readers_language(as_, bob: Person) -> None:
    Person.objects.filter(pk=bob.pk).update(language="de")

    answer = as_(bob).get("/admin/users", headers={"accept-language": "en"})

    assert (answer.status_code, answer.headers["Content-Language"]) == (403, "de")
    assert "Administrator:in" in answer.text


def test_mail_speaks_the_language_of_who_reads_it(client: Client, alice: Person, bob: Person, with_password) -> None:
    Person.objects.filter(pk=bob.pk).update(language="de")
    for person in (alice, bob):
        client.post("/password/forgotten", {"email": person.email})

    subjects = dict(Message.objects.values_list("to", "subject"))
    assert subjects == {
        alice.email: "Choose a new password for SuperviseMe",
        bob.email: "Wählen Sie ein neues Passwort für SuperviseMe",
    }


def test_the_profile_offers_the_languages(as_, alice: Person) -> None:
    as_(alice).post(
        "/profile", {"name": "Alice", "surname": "Author", "language": "de", "seen": profile_version(alice)}
    )

    alice.refresh_from_db()
    assert alice.language == "de"


@pytest.mark.parametrize(("language", "day"), [("en", "3 March 2031"), ("de", "3. März 2031"), ("it", "3 marzo 2031")])
def test_a_day_is_written_as_the_language_writes_it(language: str, day: str) -> None:
    with translation.override(language):
        assert dates.date(datetime.date(2031, 3, 3)) == day


@pytest.mark.parametrize(
    ("language", "role", "state"), [("en", "administrator", "in progress"), ("de", "Administrator:in", "in Arbeit")]
)
def test_labels_stand_in_a_sentence_as_the_language_wants(language: str, role: str, state: str) -> None:
    with translation.override(language):
        assert (noun(Role.ADMIN.label), adjective(State.IN_PROGRESS.label)) == (role, state)


def test_a_day_within_a_letter_speaks_the_readers_language(as_, ada: Person) -> None:
    values.remember({"language": "it"})
    as_(ada).post("/admin/invitations/new", {"email": "new@example.org", "role": "student"})

    letter = Message.objects.get(to="new@example.org")
    assert "ti invita su SuperviseMe" in letter.subject
    assert re.search(
        r"\d{1,2} (gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre) \d{4}",
        letter.text,
    )


@pytest.mark.parametrize(("language", "state", "button"), [("de", "Offen", "Öffnen"), ("it", "Aperto", "Apri")])
def test_open_as_a_state_is_not_the_button(language: str, state: str, button: str) -> None:
    with translation.override(language):
        labels = {str(one.label) for one in (TopicState.OPEN, TodoState.OPEN, GoalState.OPEN)}
        assert (labels, gettext("Open")) == ({state}, button)


def test_a_language_that_is_not_spoken_here_is_none(alice: Person) -> None:
    values.remember({"language": "it"})
    alice.language = "fr"  # as a predecessor may have kept it
    assert (language_of(alice), language_of(None)) == ("it", "it")


@pytest.mark.parametrize(
    ("about", "text", "word"),
    [
        ("of a thesis", "frozen", "congelata"),
        ("of a project", "frozen", "congelato"),
        ("of a request", "Closed", "Chiusa"),
        ("of an objective", "Reached", "Raggiunto"),
        ("of a file", "Handed in", "Consegnato"),
    ],
)
def test_a_state_has_the_gender_of_what_it_is_said_of(about: str, text: str, word: str) -> None:
    with translation.override("it"):
        assert translation.pgettext(about, text) == word
