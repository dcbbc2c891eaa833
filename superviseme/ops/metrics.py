"""/metrics in Prometheus' text form, for whoever holds METRICS_TOKEN; without one set the address does not exist.

Web processes count into files of a common folder, so that any of them answers for all.
"""

import hmac
import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Max, Min
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from superviseme.outbox.hold import held
from superviseme.outbox.models import Message, State
from superviseme.web.access import anyone
from superviseme.web.time import now

from .maintenance import state
from .models import Lease
from .probes.backup import age

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library looks for it when it is imported
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
here = CollectorRegistry()
requests = Counter("superviseme_requests", "Answers, by route.", ["method", "route", "status"], registry=here)
seconds = Histogram(
    "superviseme_request_seconds", "How long answers took, by route.", ["route"], buckets=STEPS, registry=here
)


def counted(request: HttpRequest, response: HttpResponse, took: float) -> None:
    match = request.resolver_match
    route = f"/{match.route}" if match else "(none)"
    requests.labels(request.method if request.method in METHODS else "other", route, response.status_code).inc()
    seconds.labels(route).observe(took)


@anyone("GET", reason="machines that hold the token read figures; to others it does not exist")
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read(request.headers.get("Authorization", "")):
        return HttpResponse("Not found\n", status=404, content_type="text/plain; charset=utf-8")
    registry = CollectorRegistry()
    registry.register(Moment())
    text = generate_latest(registry) + generate_latest(_requests_of_all())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _may_read(given: str) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _requests_of_all() -> CollectorRegistry:
    if FOLDER not in os.environ:
        return here
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


class Moment:
    """What the database and the disk say at this moment."""

    def collect(self) -> Iterator[Any]:
        yield _gauge("maintenance", "1 while the site is closed.", float(state() is not None))
        try:
            found = [*_outbox(), *_scheduler()]
            yield _gauge("database_up", "1 when the database answers.", 1)
            yield from found
        except (DatabaseError, InterfaceError):
            connection.close()
            yield _gauge("database_up", "1 when the database answers.", 0)
        yield from _backups()


def _outbox() -> Iterator[Any]:
    yield _gauge("outbox_held", "1 while letters are held.", float(held() is not None))
    depth = _gauge("outbox_messages", "Messages by state.", labels=["state"])
    counts = dict(Message.objects.values_list("state").annotate(n=Count("pk")).order_by())
    for one in State.values:
        depth.add_metric([one], counts.get(one, 0))
    yield depth
    oldest = Message.objects.filter(state=State.WAITING, due_at__lte=now()).aggregate(at=Min("due_at"))["at"]
    late = (now() - oldest).total_seconds() if oldest else 0
    yield _gauge("outbox_late_seconds", "How long the message that is due longest has waited.", late)


def _scheduler() -> Iterator[Any]:
    leads = Lease.objects.filter(name="scheduler", expires_at__gt=Now()).count()
    yield _gauge("scheduler_leaders", "Schedulers that hold the lease: 1 is right.", leads)
    epoch = Lease.objects.filter(name="scheduler").aggregate(n=Max("epoch"))["n"] or 0
    yield _gauge("scheduler_epoch", "Grows with every change of leader.", epoch)


def _backups() -> Iterator[Any]:
    found = age()
    if found is not None:
        yield _gauge("backup_age_seconds", "Age of the newest verified backup on this machine.", found.total_seconds())


def _gauge(name: str, about: str, value: float | None = None, labels: list[str] | None = None) -> Any:
    return GaugeMetricFamily(f"superviseme_{name}", about, value=value, labels=labels)
