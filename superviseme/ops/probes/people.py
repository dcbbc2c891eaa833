"""People and their roles."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from superviseme.accounts.models import Grant, Invitation, Person
from superviseme.ops.checks import Finding, Probe, Status
from superviseme.ops.demo.cast import CAST
from superviseme.policy.roles import Role
from superviseme.web.time import now

from .rows import none_of

SMOKE_LASTS = timedelta(minutes=10)
WAITS_LONG = timedelta(days=14)
RECOGNISED = ~Q(name="") | ~Q(surname="") | ~Q(picture="") | Q(is_active=True)


def _admins() -> Finding:
    count = Person.objects.active().with_role(Role.ADMIN).filter(is_smoke=False).count()
    return Finding(Status.OK if count else Status.FAILED, str(count))


def _demonstration() -> QuerySet[Person]:
    """But the first administrator, whose usual address is the one of the demonstration's."""
    people = Person.objects.filter(email__in=[member[0] for member in CAST], is_active=True)
    people = people.exclude(email=settings.ENV("ADMIN_BOOTSTRAP_EMAIL").lower())
    return people if settings.SITE_MODE == "production" else people.none()


def _without_role() -> QuerySet[Person]:
    held = Grant.objects.filter(person=OuterRef("pk"), revoked_at=None)
    return Person.objects.active().filter(~Exists(held), approved_at__isnull=False, is_smoke=False)


PROBES: tuple[Probe, ...] = (
    Probe(
        "people.admin_there",
        "1.2",
        "there is an administrator who can sign in",
        _admins,
        "The last one was disabled from outside, or the site has never been opened.",
        "./runbook admin invite MAIL",
    ),
    none_of(
        "people.no_demonstration",
        "nobody of the demonstration can sign in to a production site",
        _demonstration,
        cause="The demonstration's database was taken into production; its passwords may be known.",
        fix="disable or erase these accounts at /admin/users",
    ),
    none_of(
        "people.smoke_gone",
        "no account of a smoke run is older than ten minutes",
        lambda: Person.objects.filter(is_smoke=True, is_active=True, joined_at__lt=now() - SMOKE_LASTS),
        cause="A smoke run was killed before it could clean up.",
        fix="./runbook smoke (the next run removes what the last one left)",
        status=Status.WARNING,
        clause="4.4",
    ),
    none_of(
        "people.erased_anonymous",
        "nobody who was erased can be recognised or sign in",
        lambda: Person.objects.exclude(erased_at=None).filter(RECOGNISED),
        cause="The row was written after the erasure, past the program.",
        fix="erase the account again at /admin/users",
    ),
    none_of(
        "people.erased_without_role",
        "nobody who was erased holds a role",
        lambda: Grant.objects.filter(revoked_at=None, person__erased_at__isnull=False),
        cause="A role was given past the program.",
        fix="take the role back at /admin/users",
    ),
    none_of(
        "people.with_role",
        "everybody who can sign in has a role",
        _without_role,
        cause="All roles were taken back and the account was left open.",
        fix="give a role or disable the account at /admin/users",
        status=Status.WARNING,
    ),
    none_of(
        "people.not_waiting_long",
        "nobody waits longer than two weeks to be let in",
        lambda: Person.objects.active().filter(approved_at=None, joined_at__lt=now() - WAITS_LONG),
        cause="Nobody looked at those who signed up.",
        fix="approve or decline at /admin/users",
        status=Status.WARNING,
    ),
    none_of(
        "people.invitations_joined",
        "no accepted invitation lacks its person",
        lambda: Invitation.objects.exclude(accepted_at=None).filter(person=None),
        cause="The account was removed past the program.",
        fix="withdraw the invitation and invite again",
    ),
)
