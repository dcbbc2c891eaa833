"""How much room the settings leave for files: of one thesis or project, and of the whole site. 0 is no limit.

Deleted files count as long as they can be restored, and every version does. For the site the same bytes count once.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from superviseme.site.values import setting

from ..room.models import Workspace
from .kinds import Checked
from .models import FileVersion
from .storage import Stored, keep


class Full(ValidationError):
    """There is no room left for these files; nothing was saved."""


def keep_all(workspace: Workspace, files: Iterable[Checked]) -> list[Stored]:
    """Store the bytes of checked uploads, all of them or none (Full). The action asks again when it has its turn."""
    files = list(files)
    make_room(workspace, sum(one.file.size for one in files))
    return [keep(one) for one in files]


def make_room(workspace: Workspace, more: int) -> None:
    problems = list(_problems(workspace, more))
    if problems:
        raise Full(problems)


def taken_by(workspace: Workspace) -> int:
    versions = FileVersion.objects.filter(document__workspace=workspace)
    return int(versions.aggregate(all=Sum("size"))["all"] or 0)


def taken() -> int:
    """By all files of the site."""
    once = FileVersion.objects.values("sha256").annotate(once=Max("size"))
    return int(once.aggregate(all=Sum("once"))["all"] or 0)


def left_in(workspace: Workspace) -> int | None:
    """Bytes; None when there is no limit."""
    most = setting("workspace_bytes")
    return max(most - taken_by(workspace), 0) if most else None


def _problems(workspace: Workspace, more: int) -> Iterator[Any]:
    left, most = left_in(workspace), setting("site_bytes")
    if left is not None and more > left:
        said = {"size": filesizeformat(more), "left": filesizeformat(left)}
        said["most"] = filesizeformat(setting("workspace_bytes"))
        words = _(
            "All files here may have %(most)s together, %(left)s are left, and this has %(size)s. Make it smaller, or add a"
            " link to it. Deleted files count until they are removed for good."
        )
        yield ValidationError(words % said)
    if most and taken() + more > most:
        words = _(
            "The site has no room left for files. Nothing was saved; tell the administrators, who can allow more."
        )
        yield ValidationError(words)
