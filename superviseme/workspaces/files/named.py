"""Whose names hold stored bytes: versions of files, and the pictures of people. Bytes that neither names are swept away."""

from collections.abc import Collection, Iterator

from superviseme.accounts.models import Person

from .models import FileVersion


def named_among(digests: Collection[str]) -> set[str]:
    versions = FileVersion.objects.filter(sha256__in=digests).order_by().values_list("sha256", flat=True)
    pictures = Person.objects.filter(picture__in=digests).order_by().values_list("picture", flat=True)
    return {*versions, *pictures}


def all_named() -> Iterator[tuple[str, int]]:
    """(SHA-256, size); what both name comes twice."""
    yield from FileVersion.objects.order_by().values_list("sha256", "size").distinct().iterator()
    pictures = Person.objects.exclude(picture="").order_by()
    yield from pictures.values_list("picture", "picture_size").distinct().iterator()
