"""What telling people costs: one or fifty at once, and ten thousand notices to a mail server. See bench/README.md."""

import argparse
import asyncio
import datetime as dt
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--notices", type=int, default=10_000)
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.sink:
        sink()
    elif chosen.one:
        measure(chosen.notices, chosen.people)
    else:
        outside(sys.argv[1:])


def outside(words: list[str]) -> None:
    """The worker in a process and database of its own; the mail server in another process, so that its memory and
    time are not the worker's."""
    command = [sys.executable, str(Path(__file__))]
    server = subprocess.Popen([*command, "--sink"], stdout=subprocess.PIPE, text=True)
    assert server.stdout  # noqa: S101 - it is a pipe
    port = server.stdout.readline().strip()
    try:
        with tempfile.TemporaryDirectory() as folder:
            env = {**os.environ, "SITE_MODE": "test", "DATA_DIR": folder, "STRICT_TEMPLATES": "false"}
            env |= {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": port, "MAIL_USE_TLS": "false", "LOG_FORMAT": "text"}
            sys.exit(subprocess.run([*command, "--one", *words], env=env, cwd=ROOT, check=False).returncode)
    finally:
        server.terminate()
        server.wait()


def sink() -> None:
    """A mail server that takes everything, in the plainest words."""

    class Taker(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport, self.rest, self.data = transport, b"", False
            transport.write(b"220 sink\r\n")

        def data_received(self, chunk):
            self.rest += chunk
            while True:
                end = b"\r\n.\r\n" if self.data else b"\r\n"
                line, found, rest = self.rest.partition(end)
                if not found:
                    return
                self.rest = rest
                self.answer(line[:4].upper())

        def answer(self, word):
            if self.data:
                self.data = False
                self.transport.write(b"250 taken\r\n")
            elif word == b"DATA":
                self.data = True
                self.transport.write(b"354 go on\r\n")
            else:
                self.transport.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")

    async def serve():
        server = await asyncio.get_running_loop().create_server(Taker, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(serve())


def measure(notices: int, people: int) -> None:
    sys.path[:0] = [str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "superviseme.config.settings"
    import logging

    import django
    import structlog

    django.setup()
    logging.disable(logging.CRITICAL)
    structlog.configure(processors=[lambda *_: (_ for _ in ()).throw(structlog.DropEvent)])
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    print(f"database: {connection.vendor}")
    writers = cast(people)
    one, fifty = telling(writers, 1), telling(writers, 50)
    print(f"a change that tells 1: {one:.2f} ms · 50: {fifty:.2f} ms · {fifty / one:.2f} times")
    drain(notices, writers)


def cast(people: int) -> list:
    from superviseme.accounts.models import Person

    return Person.objects.bulk_create(
        Person(email=f"p{n}@example.org", name=f"Person {n}", surname="Example", password="!")  # noqa: S106 - none fits
        for n in range(people)
    )


def a_room(author, members):
    from superviseme.policy.roles import Kind, Seat
    from superviseme.theses.models import Thesis
    from superviseme.workspaces.models import Member, Workspace

    space = Workspace.objects.create(kind=Kind.THESIS, title="Bridges under wind", created_by=author)
    Thesis.objects.create(workspace=space, state="in_progress")
    Member.objects.create(workspace=space, person=author, seat=Seat.AUTHOR)
    Member.objects.bulk_create(Member(workspace=space, person=p, seat=Seat.COLLABORATOR, seat_rank=2) for p in members)
    return space


def telling(writers: list, heard: int) -> float:
    """Milliseconds of posting an update that `heard` people are told of (median)."""
    from superviseme.workspaces.models import Workspace
    from superviseme.workspaces.updates.actions import post_update

    space, times = a_room(writers[0], writers[1 : heard + 1]), []
    for n in range(40):
        fresh = Workspace.objects.get(pk=space.pk)
        began = time.perf_counter()
        post_update(fresh, kind="progress", text=f"Figures {n}", by=writers[0])
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times[5:])


def waiting(wanted: int, writers: list) -> None:
    """So many notices that nobody has got a letter of yet."""
    from superviseme.events.models import Event
    from superviseme.notifications.models import Notice
    from superviseme.web.time import now

    Notice.objects.all().delete()
    rooms = [a_room(writers[n], []) for n in range(20)]
    events = Event.objects.bulk_create(
        Event(
            at=now(),
            verb="comment.posted",
            actor=writers[0],
            workspace_number=rooms[n % 20].pk,
            thing="workspaces.comment",
            thing_id=n,
            title="A comment",
            link=rooms[n % 20].get_absolute_url(),
            data={"workspace": "Bridges under wind"},
        )
        for n in range(wanted // len(writers))
    )
    Notice.objects.bulk_create(
        (Notice(recipient=p, event=e, verb=e.verb, created_at=e.at) for e in events for p in writers), batch_size=1000
    )


def drain(wanted: int, writers: list) -> None:
    from superviseme.notifications.models import Notice
    from superviseme.notifications.spread import spread_due_notices
    from superviseme.outbox.deliver import deliver_due_messages
    from superviseme.outbox.models import Message, State
    from superviseme.web.time import now, simulated

    waiting(wanted, writers)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with simulated(now() + dt.timedelta(minutes=1)):
        spread_due_notices()
        spread = time.perf_counter() - began
        letters = Message.objects.count()
        while Message.objects.filter(state=State.WAITING).exists():
            deliver_due_messages()
    took = time.perf_counter() - began
    sent = Message.objects.filter(state=State.SENT).count()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{Notice.objects.count()} notices: {letters} letters written in {spread:.1f} s ({letters / spread:.0f}/s)")
    print(f"{sent} sent in {took - spread:.1f} s ({sent / (took - spread):.0f}/s); together {sent / took:.0f}/s")
    print(f"memory {memory / 1024:.0f} MB at most ({before / 1024:.0f} MB before)")


if __name__ == "__main__":
    main()
