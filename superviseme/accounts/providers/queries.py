"""Accounts elsewhere, and whom they belong to."""

from dataclasses import dataclass

from django.conf import settings

from superviseme.accounts.models import Identity, Person

from .provider import ORCID, Claims, Provider


@dataclass(frozen=True)
class Door:
    """A provider on the profile: connected, or to be connected."""

    provider: Provider
    identities: list[Identity]


def provider_called(key: str) -> Provider | None:
    return next((one for one in settings.SIGN_IN_PROVIDERS if one.key == key), None)


def name_of(key: str) -> str:
    """Also of one that the environment names no more."""
    found = provider_called(key)
    return found.name if found else key.capitalize()


def identity_of(claims: Claims) -> Identity | None:
    return Identity.objects.select_related("person").filter(issuer=claims.issuer, subject=claims.subject).first()


def doors_of(person: Person) -> list[Door]:
    mine = list(person.identities.order_by("connected_at", "pk"))
    return [Door(one, [i for i in mine if i.provider == one.key]) for one in settings.SIGN_IN_PROVIDERS]


def signs_in_by_orcid(person: Person) -> bool:
    """Whether the ORCID iD of the profile was proved by signing in with it."""
    return bool(person.orcid) and person.identities.filter(provider=ORCID, subject=person.orcid).exists()
