"""Every form of every page for administrators is pressed, and the database is looked at afterwards.

A page whose form is not in PRESSED fails here: nobody ships a button that does nothing.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from superviseme.accounts.invitations.actions import invite
from superviseme.accounts.models import Grant, Invitation, Person
from superviseme.events.models import Event
from superviseme.ops.models import RunRequest
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role
from superviseme.site.table import GROUPS
from superviseme.site.values import setting
from superviseme.telegram.models import Bot
from superviseme.web.checks import every_view
from superviseme.web.time import now
from superviseme.workspaces.models import Member, Workspace
from tests import people
from tests.pictures.drawn import give as give_picture
from tests.policy import expected_routes as expected
from tests.telegram.conftest import bot, telegram  # noqa: F401 - fixtures
from tests.telegram.server import Telegram

from .pressing import forms_of, press
from .test_logo import PIXEL

OF_THE_FRAME = {"account_logout", "theme", "language"}  # on every page; they have tests of their own
READS = {"search"}


class Site:
    """One of everything that an administrator can do something with."""

    def __init__(self, ada: Person, bob: Person, alice: Person, mallory: Person, carol: Person, rita: Person):
        self.bob, self.alice, self.mallory, self.telegram = bob, alice, mallory, Telegram()
        self.disabled = give_picture(people.person("Dora Disabled", Role.STUDENT, is_active=False))
        self.waiting = people.person("Walt Waiting", approved_at=None)
        self.otto = people.person("Otto Other", Role.SUPERVISOR)
        self.thesis = people.a_thesis(title="Bridges", author=alice, supervisor=bob).workspace
        self.gone = people.a_thesis(title="Gone", author=mallory, supervisor=bob).workspace
        Workspace.objects.filter(pk=self.gone.pk).update(deleted_at=now(), deleted_by=ada)
        self.project = people.a_project(author=rita, collaborator=carol).workspace
        self.invitation = invite(email="nina@example.org", role=Role.STUDENT, by=ada).invitation
        words = dict.fromkeys(("key", "subject", "text", "message_id"), "x")
        self.letter = Message.objects.create(
            **words, letter="notice", to="x@example.org", created_at=now(), due_at=now(), state="failed"
        )


@pytest.fixture
def site(ada, bob, alice, mallory, carol, rita, bot) -> Site:  # noqa: F811 - the fixture
    made = Site(ada, bob, alice, mallory, carol, rita)
    made.telegram = bot
    return made


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


def audited(**what: Any) -> bool:
    return Event.objects.filter(**what).exists()


def holds(person: Person, role: Role) -> bool:
    return Grant.objects.filter(person=person, role=role, revoked_at=None).exists()


def reported(person: Person) -> bool:
    return Message.objects.filter(letter="weekly", to=person.email).exists()


def page_of(person: str) -> Callable[[Site], str]:
    return lambda site: f"/admin/users/{getattr(site, person).pk}"


def at(address: str) -> Callable[[Site], str]:
    return lambda site: address


Check = Callable[[Site], bool]
Pressed = tuple[Callable[[Site], str], dict[str, Any] | Callable[[Site], dict[str, Any]], Check]

PRESSED: dict[str, Pressed] = {
    "user": (page_of("bob"), {"affiliation": "Geometry"}, lambda s: fresh(s.bob).affiliation == "Geometry"),
    "user_disablement": (page_of("alice"), {}, lambda s: not fresh(s.alice).is_active),
    "user_enablement": (page_of("disabled"), {}, lambda s: fresh(s.disabled).is_active),
    "user_approval": (page_of("waiting"), {}, lambda s: fresh(s.waiting).approved_at is not None),
    "signup_approval": (at("/admin/signups"), {"role": "student"}, lambda s: holds(s.waiting, Role.STUDENT)),
    "signup_refusal": (at("/admin/signups"), {}, lambda s: not fresh(s.waiting).is_active),
    "purge": (
        lambda s: f"/admin/deleted/workspace/{s.gone.pk}/purge",
        {"name": "Gone"},
        lambda s: not Workspace.objects.filter(pk=s.gone.pk).exists(),
    ),
    "user_password_link": (
        page_of("alice"),
        {},
        lambda s: Message.objects.filter(letter="password_reset", to=s.alice.email).exists(),
    ),
    "user_picture_removal": (page_of("disabled"), {}, lambda s: fresh(s.disabled).picture == ""),
    "user_grants": (page_of("alice"), {"role": "researcher"}, lambda s: holds(s.alice, Role.RESEARCHER)),
    "user_grant_revocation": (page_of("bob"), {}, lambda s: not holds(s.bob, Role.SUPERVISOR)),
    "user_erasure": (
        lambda s: f"/admin/users/{s.mallory.pk}/erasure",
        lambda s: {"name": s.mallory.email},
        lambda s: fresh(s.mallory).erased_at is not None,
    ),
    "user_handover": (
        lambda s: f"/admin/users/{s.bob.pk}/handover",
        lambda s: {"to": s.otto.pk},
        lambda s: Member.objects.filter(workspace=s.thesis, person=s.otto).exists(),
    ),
    "invite": (
        at("/admin/invitations/new"),
        {"email": "new@example.org"},
        lambda s: Invitation.objects.filter(email="new@example.org").exists(),
    ),
    "invite_many": (
        at("/admin/invitations/list"),
        {"people": "a@example.org\nb@example.org", "step": "send"},
        lambda s: Invitation.objects.filter(email__in=["a@example.org", "b@example.org"]).count() == 2,
    ),
    "invitation_resending": (
        at("/admin/invitations"),
        {},
        lambda s: Message.objects.filter(letter="invitation", to="nina@example.org").count() == 2,
    ),
    "invitation_withdrawal": (at("/admin/invitations"), {}, lambda s: fresh(s.invitation).withdrawn_at is not None),
    "theses_batch": (
        at("/admin/theses"),
        lambda s: {"act": "archive", "chosen": s.thesis.pk},
        lambda s: fresh(s.thesis).frozen_at is not None,
    ),
    "projects_batch": (
        at("/admin/projects"),
        lambda s: {"act": "archive", "chosen": s.project.pk},
        lambda s: fresh(s.project).frozen_at is not None,
    ),
    "weekly_all_sending": (at("/admin/weekly"), {}, lambda s: reported(s.bob)),
    "weekly_one_sending": (at("/admin/weekly"), {}, lambda s: reported(s.bob)),
    "workspace_restoration": (at("/admin/theses?which=deleted"), {}, lambda s: fresh(s.gone).deleted_at is None),
    "settings_group": (
        at("/admin/settings/supervision"),
        {"silence_days": "21"},
        lambda s: setting("silence_days") == 21,
    ),
    "settings_logo": (
        at("/admin/settings/site"),
        lambda s: {"logo": SimpleUploadedFile("x.png", PIXEL)},
        lambda s: setting("logo") != "",
    ),
    "letter_retry": (
        lambda s: f"/admin/outbox/{s.letter.pk}",
        {},
        lambda s: fresh(s.letter).state == "waiting" and audited(verb="outbox.retried"),
    ),
    "mail_test": (
        at("/admin/outbox"),
        {},
        lambda s: Message.objects.filter(letter="test", to="ada@example.org", state="waiting").exists(),
    ),
    "telegram_bot": (at("/admin/telegram"), {"mode": "webhook"}, lambda s: Bot.objects.filter(mode="webhook").exists()),
    "telegram_bot_test": (at("/admin/telegram"), {}, lambda s: s.telegram.calls("getMe") != []),
    "telegram_bot_removal": (at("/admin/telegram"), {}, lambda s: Bot.objects.filter(sealed_token="").exists()),
    "scheduler_run": (
        at("/admin/scheduler"),
        {},
        lambda s: RunRequest.objects.exists() and audited(verb="job.asked_for"),
    ),
    "report_export": (at("/admin/reports/load"), {}, lambda s: audited(verb="data.exported", title="report load")),
    "export_everything": (at("/admin/exports"), {}, lambda s: audited(verb="data.exported", title="everything")),
    "export_table": (at("/admin/exports"), {}, lambda s: audited(verb="data.exported", title="accounts.grant")),
    "audit_export": (at("/admin/audit"), {}, lambda s: audited(verb="data.exported", title="audit")),
}
AFTER_ANOTHER = {"settings_logo_removal", "batch_undo"}  # their button is there once something was done


@pytest.mark.parametrize("name", PRESSED)
def test_a_button_does_what_it_says(name, as_, ada, site):
    where, add, happened = PRESSED[name]
    browser = as_(ada)
    before = happened(site)
    answer = press(browser, where(site), name, add(site) if callable(add) else add)
    _read(answer)
    assert (before, answer.status_code in (200, 302), happened(site)) == (False, True, True)


def test_the_logo_is_taken_away_again(as_, ada, site):
    browser = as_(ada)
    press(browser, "/admin/settings/site", "settings_logo", {"logo": SimpleUploadedFile("x.png", PIXEL)})
    press(browser, "/admin/settings/site", "settings_logo_removal", {})
    assert setting("logo") == ""


def test_the_own_data_can_be_taken_along_again(as_, alice):
    assert press(as_(alice), "/profile", "profile_export", {})["Content-Type"] == "application/zip"


def test_a_batch_is_taken_back_by_its_message(as_, ada, site):
    browser = as_(ada)
    press(browser, "/admin/theses", "theses_batch", {"act": "archive", "chosen": site.thesis.pk})
    press(browser, "/admin/theses", "batch_undo", {})
    assert fresh(site.thesis).frozen_at is None


def test_no_page_for_administrators_has_a_form_that_nobody_pressed(as_, ada, site):
    browser = as_(ada)
    known = set(PRESSED) | AFTER_ANOTHER | OF_THE_FRAME
    unknown, filters = set(), {}
    for address in pages(site):
        for form in forms_of(browser, address):
            if form.method == "post" and form.name not in known:
                unknown.add(f"{address}: {form.name}")
            if form.method == "get" and form.name not in READS:
                filters[form.action] = form.sent
    assert sorted(unknown) == []
    assert [a for a, sent in filters.items() if browser.get(a, sent).status_code != 200] == []


def test_every_address_that_changes_something_for_administrators_has_its_button():
    """But those a page of workspaces or of the own profile has."""
    changing = {name for name, (_get, post) in expected.ROLES.items() if post == expected.ADMIN}
    assert changing - set(PRESSED) - AFTER_ANOTHER == set()


def pages(site: Site) -> list[str]:
    """What only administrators open, and what is there to see in other states."""
    keys = {"pk": site.bob.pk, "number": site.letter.pk, "group": "site", "key": "load"}
    keys |= {"role": "student", "letter": "notice"}
    found = []
    for route, pattern in every_view():
        get = expected.ROLES.get(str(pattern.name), (None, None))[0]
        if get == expected.ADMIN and pattern.name not in ("letter_html", "settings"):
            wanted = re.findall(r"<(?:\w+:)?(\w+)>", route)
            found.append(reverse(pattern.name, kwargs={key: keys[key] for key in wanted}))
    people_ = [f"/admin/users/{p.pk}" for p in (site.alice, site.disabled, site.waiting)]
    return [*found, *people_, "/admin/theses?which=deleted", *(f"/admin/settings/{group}" for group in GROUPS)]


def _read(answer: Any) -> None:
    if answer.streaming:
        b"".join(answer.streaming_content)
