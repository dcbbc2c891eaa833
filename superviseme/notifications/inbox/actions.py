"""Reading and clearing one's own notices. Nobody else's are ever touched, so the law has nothing to say here."""

from superviseme.accounts.models import Person
from superviseme.web.time import now

from ..models import Notice


def mark_read(notice: Notice, *, by: Person) -> None:
    if Notice.objects.filter(pk=notice.pk, recipient=by, read_at=None).update(read_at=now()):
        notice.refresh_from_db(fields=["read_at"])


def mark_all_read(*, by: Person) -> int:
    return Notice.objects.filter(recipient=by, read_at=None, in_app=True).update(read_at=now())


def delete_notice(notice: Notice, *, by: Person) -> None:
    Notice.objects.filter(pk=notice.pk, recipient=by).delete()


def delete_read(*, by: Person) -> int:
    """What has been read; unread ones stay, so that nothing is missed by clearing up."""
    return Notice.objects.filter(recipient=by, read_at__isnull=False, in_app=True).delete()[0]
