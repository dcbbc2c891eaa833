from django.db.models import Prefetch, QuerySet

from superviseme.accounts.models import Identity, Person
from superviseme.web.paging import Page, keyset_page


def waiting(after: str = "") -> Page:
    """Who waits, longest first, with the accounts they came by."""
    came_by = Prefetch("identities", Identity.objects.order_by("connected_at"))
    return keyset_page(all_waiting().prefetch_related(came_by), order=("joined_at", "pk"), after=after)


def all_waiting() -> QuerySet[Person]:
    return Person.objects.filter(approved_at=None, is_active=True, erased_at=None)
