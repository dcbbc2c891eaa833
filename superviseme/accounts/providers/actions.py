"""Coming in by an account elsewhere. It is known by issuer and subject; an address never opens an account of another."""

from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from superviseme.accounts.grants.actions import give
from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Identity, Person
from superviseme.accounts.people.actions import person_link
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.outbox.post import post
from superviseme.policy.roles import Role
from superviseme.site.values import setting
from superviseme.web.time import now

from .journeys import Newcomer
from .provider import ORCID, Claims
from .queries import identity_of, name_of

SALT = "superviseme.accounts.providers.address"
MINUTES = 60


class Taken(Exception):
    """The address belongs to an account, which only its own ways of signing in open."""


class Closed(Exception):
    """People come to this site by invitation only."""


class ConnectedElsewhere(Exception):
    """This account at the provider belongs to another person here."""


class CannotConfirm(Exception):
    """The link is too old, or its account elsewhere has come in meanwhile."""


def sign_up(*, claims: Claims, provider: str, email: str, name: str, surname: str) -> Person:
    """A new person under an address they have proved. Waits for an administrator unless the address is of a house we know."""
    try:
        return _sign_up(claims, provider, email.lower(), name, surname)
    except IntegrityError:  # twice at once, or somebody else took the address
        identity = identity_of(claims)
        if identity is None:
            raise Taken from None
        return identity.person


@transaction.atomic
def _sign_up(claims: Claims, provider: str, email: str, name: str, surname: str) -> Person:
    if setting("sign_up") == "invited":
        raise Closed
    if Person.objects.filter(email=email).exists():
        raise Taken
    at_once = _needs_no_approval(email)
    person = Person(email=email, name=name, surname=surname, approved_at=now() if at_once else None)
    person.orcid = claims.subject if provider == ORCID else ""
    person.set_unusable_password()
    person.save()
    _keep(person, claims, provider)
    if at_once:
        give(person=person, role=Role.STUDENT, by=None)
    verb = Verb.JOINED if at_once else Verb.SIGN_UP_WAITING
    link = person_link(person) if at_once else reverse("signups")
    announce(verb, person, by=person, title="", link=link, provider=name_of(provider))
    return person


def _needs_no_approval(email: str) -> bool:
    """An address of one of the site's domains, or of a part of one."""
    domain = email.rpartition("@")[2]
    known = setting("sign_up_domains") if setting("sign_up") == "domains" else []
    return any(domain == one or domain.endswith(f".{one}") for one in known)


@transaction.atomic
def connect(*, claims: Claims, provider: str, by: Person) -> None:
    """From now on this account elsewhere signs in as `by`, who is told by mail."""
    known = identity_of(claims)
    if known and known.person_id != by.pk:
        raise ConnectedElsewhere
    if known:
        return
    try:
        with transaction.atomic():
            identity = _keep(by, claims, provider)
    except IntegrityError:
        raise ConnectedElsewhere from None
    if provider == ORCID:
        by.orcid = claims.subject
        by.save(update_fields=["orcid"])
    announce(Verb.IDENTITY_CONNECTED, by, by=by, title="", link="/profile", provider=name_of(provider))
    words = {"provider": name_of(provider), "link": link_to(reverse("profile"))}
    write_to(by, "identity_connected", key=f"identity_connected:{identity.pk}", **words)


@transaction.atomic
def disconnect(*, identity: Identity, by: Person) -> None:
    """The own one. Whoever has no password chooses one by the link for forgotten passwords, so nobody is locked out."""
    gone, _ = Identity.objects.filter(pk=identity.pk, person=by).delete()
    if gone:
        announce(Verb.IDENTITY_DISCONNECTED, by, by=by, title="", link="/profile", provider=name_of(identity.provider))


@transaction.atomic
def note_use(*, identity: Identity) -> None:
    Identity.objects.filter(pk=identity.pk).update(used_at=now())


@transaction.atomic
def ask_for_address(*, newcomer: Newcomer, email: str, name: str, surname: str) -> None:
    """A link to the address. Whether it has an account already is said only there."""
    email = email.lower()
    key = f"sign_up_address:{newcomer.claims.subject}:{now().isoformat()}"
    words: dict[str, Any] = {"name": name, "provider": name_of(newcomer.provider)}
    if Person.objects.filter(email=email).exists():
        post("sign_up_known", to=email, key=key, context={**words, "link": link_to(reverse("account_login"))})
        return
    told = {"issuer": newcomer.claims.issuer, "subject": newcomer.claims.subject, "provider": newcomer.provider}
    token = signing.dumps({**told, "email": email, "name": name, "surname": surname}, salt=SALT, compress=True)
    link = link_to(reverse("sign_up_confirmation", args=[token]))
    post("sign_up_address", to=email, key=key, context={**words, "link": link, "minutes": MINUTES})


def read_address_token(token: str) -> dict[str, str]:
    try:
        return signing.loads(token, salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        raise CannotConfirm from None


def confirm_address(*, token: str, newcomer: Newcomer) -> Person:
    """The owner of the address and of the account elsewhere, in one browser, becomes a person here."""
    told = read_address_token(token)
    if (told["issuer"], told["subject"]) != (newcomer.claims.issuer, newcomer.claims.subject):
        raise CannotConfirm
    return sign_up(
        claims=newcomer.claims,
        provider=newcomer.provider,
        email=told["email"],
        name=told["name"],
        surname=told["surname"],
    )


def _keep(person: Person, claims: Claims, provider: str) -> Identity:
    return Identity.objects.create(
        person=person,
        provider=provider,
        issuer=claims.issuer[:255],
        subject=claims.subject,
        email=claims.email,
        connected_at=now(),
    )
