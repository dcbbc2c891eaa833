from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from superviseme.web.time import now
from superviseme.workspaces.models import Workspace

from .kinds import KINDS, Section, kind_called

PERSON = settings.AUTH_USER_MODEL
MANUAL, ORCID, BIBTEX = "manual", "orcid", "bibtex"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def live(self) -> Self:
        return self.filter(deleted_at=None)

    def visible_to(self, person: Any) -> Self:
        """The own ones. In a workspace the linked ones are read through it."""
        return self.filter(owner=person)


class Publication(models.Model):
    """A publication, position, degree or grant of a person, with its origin."""

    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="publications")
    source = models.CharField(max_length=20, default=MANUAL)  # manual, orcid, bibtex, predecessor
    section = models.CharField(max_length=12, choices=Section, default=Section.WORK)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    authors = models.JSONField(default=list)  # [{"family": …, "given": …} or {"literal": …}]
    venue = models.CharField(max_length=500, blank=True)  # journal, proceedings, school; employer, agency
    publisher = models.CharField(max_length=300, blank=True)
    volume = models.CharField(max_length=60, blank=True)
    issue = models.CharField(max_length=60, blank=True)
    pages = models.CharField(max_length=60, blank=True)
    published = models.CharField(max_length=20, blank=True)  # as precise as known: 2024, 2024-05, 2024-05-31
    until = models.CharField(max_length=20, blank=True)  # the end of a position, degree or grant
    url = models.TextField(blank=True)
    identifiers = models.JSONField(default=dict)
    # Its key in BibTeX since it was first changed:
    cited_as = models.CharField(max_length=120, blank=True, default="", db_default="")
    put_code = models.BigIntegerField(null=True)  # its number in the ORCID record
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)  # by the owner: what ORCID says changes it no more
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "-published", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "section", "put_code"],
                condition=Q(put_code__isnull=False),
                name="publication_once_from_orcid",
            ),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="publication_section_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def creator_id(self) -> int:
        return self.owner_id

    @property
    def year(self) -> str:
        return self.published[:4] if self.published[:4].isdigit() else ""

    @property
    def doi(self) -> str:
        return str((self.identifiers or {}).get("doi") or "")

    @property
    def kind_label(self) -> str:
        """In the reader's language; of a position or grant as it was called."""
        if self.section == Section.WORK:
            return str(KINDS[kind_called(self.kind)].label)
        return self.kind.replace("-", " ").capitalize()

    def author_names(self) -> list[str]:
        return [name_of(author) for author in self.authors]

    def get_absolute_url(self) -> str:
        return "/publications"


class PublicationLink(models.Model):
    """A publication shown in a thesis or project it came out of, or that it rests on."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="links")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="publication_links")
    linked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "workspace"], name="publication_linked_once")]

    @property
    def creator_id(self) -> int:
        return self.publication.owner_id


class OrcidSync(models.Model):
    """A person's ORCID record: when it was read, and when it is read next. The worker does it, pages only ask."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="orcid_sync")
    orcid = models.CharField(max_length=19)
    due_at = models.DateTimeField(null=True)  # null: nothing to do
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)  # the last time that everything came
    said = models.JSONField(default=dict)  # section -> {"n": how many} or {"problem": why not}

    class Meta:
        indexes = [models.Index(fields=["due_at"])]


def others(author: dict[str, str]) -> bool:
    """What BibTeX writes last when there are more: «and others»."""
    return author.get("literal", "") == "others"


def name_of(author: dict[str, str]) -> str:
    return author.get("literal") or f"{author.get('given', '')} {author.get('family', '')}".strip()
