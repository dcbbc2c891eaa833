"""Linking an ORCID record, and what the worker writes of it. What ORCID fails to say changes nothing of ours."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.accounts.providers.provider import ORCID as PROVIDER
from superviseme.accounts.providers.queries import provider_called, signs_in_by_orcid
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.check import NotAllowed
from superviseme.publications import same
from superviseme.publications.bibtex.write import key
from superviseme.publications.kinds import Section
from superviseme.publications.models import MANUAL, ORCID, OrcidSync, Publication
from superviseme.web.time import now

FIELDS = "kind title authors venue publisher volume issue pages published until url identifiers".split()
AGAIN = timedelta(days=7)
"""A linked record is read anew once a week."""


@transaction.atomic
def link_record(*, orcid: str, by: Person) -> None:
    """By its number, where ORCID does not sign people in; else only the number that did."""
    if provider_called(PROVIDER) and not (by.orcid == orcid and signs_in_by_orcid(by)):
        raise NotAllowed(_("Connect ORCID by signing in there, so that it is surely yours."))
    if by.orcid != orcid:
        by.orcid = orcid
        by.save(update_fields=["orcid"])
    ask_to_read(by=by)
    announce(Verb.ORCID_LINKED, by, by=by, title="", link="/publications")


@transaction.atomic
def unlink_record(*, by: Person) -> None:
    """The number goes, what was read stays."""
    OrcidSync.objects.filter(person=by).delete()
    if by.orcid:
        by.orcid = ""
        by.save(update_fields=["orcid"])
        announce(Verb.ORCID_UNLINKED, by, by=by, title="", link="/publications")


@transaction.atomic
def ask_to_read(*, by: Person) -> None:
    """The worker reads the record soon. Asking again while it waits changes nothing."""
    if not by.orcid:
        raise NotAllowed(_("Link your ORCID record first."))
    sync, made = OrcidSync.objects.get_or_create(person=by, defaults={"orcid": by.orcid, "due_at": now()})
    if not made:
        OrcidSync.objects.filter(pk=sync.pk).update(orcid=by.orcid, due_at=now(), attempts=0)


@transaction.atomic
def keep_section(sync: OrcidSync, section: Section, entries: list[Any], *, with_details: bool) -> int:
    """The rows of one section as ORCID has them. What the owner wrote or edited stays theirs; what is gone there is put
    among the deleted, from where it can be taken back. Returns how many there are."""
    Person.objects.select_for_update().get(pk=sync.person_id)
    rows = list(Publication.objects.filter(owner_id=sync.person_id, section=section).order_by("pk"))
    ours = {row.put_code: row for row in rows if row.put_code is not None}
    codes = {entry.put_code for entry in entries}
    others = same.index(row for row in rows if row.put_code not in codes and row.deleted_at is None)
    new, changed = [], []
    for entry in _once(entries):
        row = ours.get(entry.put_code) or same.find(others, entry)
        if row is None:
            new.append(_apply(Publication(owner_id=sync.person_id, section=section, source=ORCID), entry, True))
        elif not (row.deleted_at and row.deleted_by_id) and _differs(row, entry, with_details):
            changed.append(row)
        if row is not None:
            codes.add(row.put_code or 0)
    _free_codes(changed)
    Publication.objects.bulk_update(changed, [*FIELDS, "cited_as", "put_code", "source", "deleted_at"], batch_size=200)
    Publication.objects.bulk_create(new, batch_size=200)
    _put_away(sync, section, codes)
    return len(entries)


def _once(entries: list[Any]) -> list[Any]:
    return list({entry.put_code: entry for entry in entries}.values())


def _differs(row: Publication, entry: Any, with_details: bool) -> bool:
    before = (*(getattr(row, name) for name in FIELDS), row.put_code, row.deleted_at)
    row.cited_as = key(row)
    _apply(row, entry, with_details)
    return before != (*(getattr(row, name) for name in FIELDS), row.put_code, row.deleted_at)


def _apply(row: Publication, entry: Any, with_details: bool) -> Publication:
    """What ORCID says; nothing where it says nothing. In a row that is the owner's, only what is empty."""
    row.put_code, row.deleted_at = entry.put_code, None
    theirs = row.edited_at is not None or row.source in (MANUAL, "bibtex")
    for name, value in asdict(entry).items():
        detail = name in ("authors", "publisher", "volume", "issue", "pages") and not with_details
        if name in FIELDS and value and (not getattr(row, name) or not (theirs or detail)):
            setattr(row, name, value)
    if not theirs:
        row.source = ORCID
    return row


def _free_codes(changed: list[Publication]) -> None:
    """A number may move from one row to another; for a moment nobody has it."""
    Publication.objects.filter(pk__in=[row.pk for row in changed]).update(put_code=None)


def _put_away(sync: OrcidSync, section: Section, codes: set[int]) -> None:
    read = Publication.objects.filter(owner_id=sync.person_id, section=section, source=ORCID, deleted_at=None)
    read = read.filter(edited_at=None, put_code__isnull=False, links=None)
    gone = [pk for pk, code in read.values_list("pk", "put_code") if code not in codes]
    Publication.objects.filter(pk__in=gone).update(deleted_at=now())


@transaction.atomic
def finish_reading(sync: OrcidSync, *, said: dict[str, Any], pause: timedelta | None, whole: bool) -> None:
    """What came of it, and when to read again (None: not by itself)."""
    moment = now()
    changes: dict[str, Any] = {"said": said, "claimed_at": None, "due_at": moment + pause if pause else None}
    if whole:
        changes |= {"read_at": moment, "attempts": 0}
    asked_again = OrcidSync.objects.filter(pk=sync.pk, due_at__gt=sync.due_at)
    if asked_again.update(said=said, claimed_at=None) == 0:
        OrcidSync.objects.filter(pk=sync.pk, orcid=sync.orcid).update(**changes)
