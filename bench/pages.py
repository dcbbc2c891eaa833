"""What pages cost: queries, time, bytes, at two sizes of the database. See bench/README.md."""

import argparse
import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    ("student", "/student/dashboard"),
    ("supervisor", "/supervisor/dashboard"),
    ("supervisor", "/supervisor/theses"),
    ("supervisor", "/supervisor/students"),
    ("researcher", "/researcher/dashboard"),
    ("researcher", "/projects"),
    ("admin", "/admin/dashboard"),
    ("admin", "/admin/users"),
    ("admin", "/admin/theses"),
    ("admin", "/admin/audit"),
    ("student", "/theses"),
    ("student", "/w/{w}"),
    ("student", "/w/{w}/updates"),
    ("student", "/w/{w}/todos"),
    ("student", "/w/{w}/goals"),
    ("student", "/w/{w}/milestones"),
    ("student", "/w/{w}/meetings"),
    ("student", "/w/{w}/files"),
    ("student", "/w/{w}/people"),
    ("student", "/w/{w}/history"),
    ("supervisor", "/notifications"),
    ("supervisor", "/search?q=wind+bri"),
    ("student", "/todos"),
    ("student", "/profile"),
]
EMPTY, EMPTY_PATH = "an empty signed-in view", "/bench-empty"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", nargs="+", type=int, default=[10, 1000])
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--postgres", action="store_true", help="each size on a PostgreSQL of its own, not on SQLite")
    asked.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.one is not None:
        print(json.dumps(measure(chosen.one, chosen.rounds)))
        return
    tables = {size: _in_own_process(size, chosen.rounds, chosen.postgres) for size in chosen.sizes}
    report(tables)


def _in_own_process(size: int, rounds: int, postgres: bool) -> dict:
    """Each size in its own process and database, so that nothing of one is left for the other."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        env = {**os.environ, "SITE_MODE": "test", "DATA_DIR": folder, "STRICT_TEMPLATES": "false"}
        if postgres:
            sys.path[:0] = [str(ROOT / "bin")]
            from _postgres import throwaway_postgres

            env["DATABASE_URL"] = stack.enter_context(throwaway_postgres())
        command = [sys.executable, str(Path(__file__)), "--one", str(size), "--rounds", str(rounds)]
        done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def measure(size: int, rounds: int) -> dict:
    sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "superviseme.config.settings"
    import logging

    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command
    from django.db import connection, transaction
    from fill import fill

    from superviseme.workspaces.models import Member

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    with transaction.atomic():
        people = fill(size)
    filled = time.perf_counter() - began
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")  # as its own housekeeping does within a minute
    _open_empty_view()
    empty = _signed_in(people["student"])
    rows = {EMPTY: _time(empty, EMPTY_PATH, empty, rounds)}
    for role, path in PAGES:
        seat = Member.objects.filter(person=people[role]).first()
        address = path.format(w=seat.workspace_id if seat else 0)
        rows[path] = _time(_signed_in(people[role]), address, empty, rounds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"filled": filled, "rows": rows, "memory": memory}


def _open_empty_view() -> None:
    """Session, person and roles loaded, nothing else: what every page pays."""
    from django.http import HttpResponse
    from django.urls import clear_url_caches, path

    from superviseme.config import urls

    def view(request):
        return HttpResponse(str(request.user.roles))

    view.access_mark = "signed in"
    urls.urlpatterns.insert(0, path(EMPTY_PATH.lstrip("/"), view))
    clear_url_caches()


def _signed_in(person):
    from django.conf import settings
    from django.test import Client

    browser = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0].lstrip("."))
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def _time(browser, path: str, empty, rounds: int) -> dict:
    """Each round asks the page and then the empty view, so that a busy machine slows both alike."""
    from django.core.signals import request_started
    from django.db import connection, reset_queries

    browser.get(path)
    browser.get(path)
    request_started.disconnect(reset_queries)  # the count of one page, over all its connections' life
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    answer = browser.get(path)
    queries = len(connection.queries_log)
    connection.force_debug_cursor = False
    times, floors = [], []
    for _ in range(rounds):
        times.append(_took(browser, path))
        floors.append(_took(empty, EMPTY_PATH))
    times.sort()
    return {
        "status": answer.status_code,
        "queries": queries,
        "median": statistics.median(times),
        "floor": statistics.median(floors),
        "p95": times[int(len(times) * 0.95) - 1],
        "bytes": len(answer.content),
    }


def _took(browser, path: str) -> float:
    began = time.perf_counter()
    browser.get(path)
    return (time.perf_counter() - began) * 1000


def report(tables: dict[int, dict]) -> None:
    first = min(tables)
    for size, table in tables.items():
        rows = table["rows"]
        print(f"\n{size} theses (filled in {table['filled']:.0f} s, process at most {table['memory']:.0f} MB)")
        print(
            f"{'page':32} {'status':>6} {'queries':>7} {'median':>8} {'p95':>8} {'kB':>6} {'× empty':>8} {'× at ' + str(first):>9}"
        )
        for page, row in rows.items():
            small = tables[first]["rows"][page]
            ratio = (row["median"] / row["floor"]) / (small["median"] / small["floor"])
            print(
                f"{page:32} {row['status']:6} {row['queries']:7} {row['median']:6.1f}ms {row['p95']:6.1f}ms "
                f"{row['bytes'] / 1000:6.1f} {row['median'] / row['floor']:8.1f} {ratio:9.2f}"
            )
        pages = sorted(row["median"] / row["floor"] for page, row in rows.items() if page != EMPTY)
        print(
            f"the median page costs {statistics.median(pages):.1f} × an empty signed-in view; most queries {max(r['queries'] for r in rows.values())}"
        )


if __name__ == "__main__":
    main()
