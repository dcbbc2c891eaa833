from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from superviseme.web.addresses import reverse
from superviseme.web.labels import labelled
from superviseme.web.time import now

from ..things import Thing

PERSON = settings.AUTH_USER_MODEL


class DocumentKind(models.TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")
    TEXT = "text", _("Reference")  # an imported address that is not http(s), kept as text


class Document(Thing):
    """One row a document, with its versions; or a link (http and https only)."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=DocumentKind)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    category = models.CharField(max_length=50, blank=True)  # free word: paper, book, dataset …
    url = models.TextField(blank=True)  # of a link or a text reference
    get_kind_display = labelled("kind")

    class Meta(Thing.Meta):
        constraints = [
            *Thing.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "number"], name="document_number_once"),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="link") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="document_link_is_http",
            ),
        ]

    @property
    def is_locked(self) -> bool:
        return any(v.locked_at for v in self.versions.all())

    def get_absolute_url(self) -> str:
        return reverse("file", args=[self.workspace_id, self.number])

    def found_by(self) -> str:
        return "\n".join([self.description, self.url, *{v.filename for v in self.versions.all()}])


class FileVersion(models.Model):
    """One upload. The bytes lie under their SHA-256 (content-addressed), so equal uploads are kept once."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()  # bytes
    content_type = models.CharField(max_length=100)
    filename = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    uploaded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    locked_at = models.DateTimeField(null=True)  # handed in: kept for ever

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="version_number_once")]
        ordering = ["-number"]
        indexes = [models.Index(fields=["sha256"])]
