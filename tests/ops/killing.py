"""Real schedulers on a real database, real letters to a real sink, and SIGKILL at moments nobody chose."""

import contextlib
import json
import logging
import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from aiosmtpd.controller import Controller

from .test_serve import ROOT, free_port

PATIENCE = 120
EXPIRE = "UPDATE ops_lease SET expires_at = '1970-01-02 00:00:00'"
POST = """
import sys, django
django.setup()
from superviseme.outbox.post import post
from superviseme.web.time import now
first, count = map(int, sys.argv[1:])
for n in range(first, first + count):
    words = dict(name="A", when=now(), link="https://x.example/l")
    post("password_changed", to=f"p{n}@example.org", key=f"digest:{n}:2026-12-07", context=words)
"""


class Sink:
    """Takes everything; remembers the Message-ID of every copy."""

    def __init__(self) -> None:
        self.copies: Counter[str] = Counter()
        self.came = threading.Event()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        head = envelope.content.partition(b"\r\n\r\n")[0].decode()
        name = next(
            line.partition(":")[2].strip() for line in head.splitlines() if line.lower().startswith("message-id:")
        )
        self.copies[name] += 1
        self.came.set()
        return "250 OK"


@dataclass
class Lab:
    """A site whose schedulers are started and killed; with a `postgres` address each life is another machine."""

    folder: Path
    sink: Sink
    port: int
    postgres: str = ""
    program: tuple[str, ...] = ("-m", "superviseme.ops.worker")
    lives: list[subprocess.Popen] = field(default_factory=list)
    written: int = 0
    kills: int = 0

    def environment(self, life: int = 0) -> dict[str, str]:
        mine = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
        data = self.folder / (f"machine{life}" if self.postgres else "data")
        data.mkdir(exist_ok=True)
        site = {"SITE_MODE": "demo", "DATA_DIR": str(data), "SECRET_KEY": "kept" * 20, "LOG_FORMAT": "json"}
        mail = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "superviseme.config.settings",
        }
        return {**mine, **site, **mail, **({"DATABASE_URL": self.postgres} if self.postgres else {})}

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write_letters(self, count: int) -> None:
        self.run("-c", POST, str(self.written), str(count))
        self.written += count

    def start(self) -> subprocess.Popen:
        life = len(self.lives)
        with self.log(life).open("w") as log:
            environment = {**self.environment(life), "ENABLE_SCHEDULER": "true"}
            command = [sys.executable, *self.program]
            self.lives.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log, start_new_session=True))
        return self.lives[life]

    def log(self, life: int) -> Path:
        return self.folder / f"log{life}"

    def said(self, words: str, life: int | None = None) -> list[dict]:
        """Lines of the logs with these words in them."""
        lives = range(len(self.lives)) if life is None else [life]
        lines = [line for each in lives for line in self.log(each).read_text().splitlines()]
        return [json.loads(line) for line in lines if words in line and line.startswith("{")]

    def wait_for(self, what, about: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < deadline, f"waited in vain for: {about}"
            time.sleep(0.02)

    def wait_until_it_leads(self, life: int) -> None:
        self.wait_for(lambda: self.said("leads now", life), f"scheduler {life} leads")

    def wait_for_a_leader(self) -> int:
        """One that lives."""
        living = [life for life, process in enumerate(self.lives) if process.poll() is None]
        self.wait_for(lambda: any(self.said("leads now", life) for life in living), f"one of {living} leads")
        return next(life for life in living if self.said("leads now", life))

    def kill(self, life: int) -> None:
        """And the time of its lease passes."""
        self.lives[life].kill()
        self.lives[life].wait()
        self.kills += 1
        self.expire()

    def freeze(self, life: int) -> None:
        """And the time of its lease passes. On SQLite never with the one writer's lock in hand: all would wait for it."""
        while True:
            self.lives[life].send_signal(signal.SIGSTOP)
            try:
                return self.expire(patience=0.2)
            except sqlite3.OperationalError:
                self.lives[life].send_signal(signal.SIGCONT)

    def expire(self, patience: float = 30) -> None:
        self.sql(EXPIRE, patience)

    def stands_by(self, life: int) -> bool:
        rows = self.sql("SELECT pid FROM ops_instance WHERE epoch IS NULL")
        return (self.lives[life].pid,) in rows

    def sql(self, words: str, patience: float = 30) -> list[tuple]:
        if self.postgres:
            with psycopg.connect(self.postgres, autocommit=True) as server:
                found = server.execute(words)
                return found.fetchall() if found.description else []
        with contextlib.closing(
            sqlite3.connect(self.folder / "data" / "superviseme.sqlite3", timeout=patience)
        ) as file:
            rows = file.execute(words).fetchall()
            file.commit()
            return rows

    def unsent(self) -> int:
        return self.sql("SELECT count(*) FROM outbox_message WHERE state <> 'sent'")[0][0]

    def end(self) -> None:
        for process in self.lives:
            if process.poll() is not None:
                continue
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Tally:
    """What came of it. Everything but `letters`, `kills` and `extra` has to be nothing."""

    letters: int
    kills: int
    extra: int  # copies on the wire beyond one
    lost: int
    twice_in_the_database: int
    second_message_ids: int
    unlogged: int  # extra copies that no log calls a possible duplicate


def kill_often(lab: Lab, *, kills: int, letters_a_life: int) -> Tally:
    """Each life gets letters to send and is killed while it sends; another stands by, as it would on a real site."""
    lab.start()
    for done in range(kills):
        if done % 10 == 0:
            lab.write_letters(letters_a_life * min(10, kills - done))
        lab.start()
        leader = lab.wait_for_a_leader()
        lab.sink.came.clear()
        lab.sink.came.wait(3)
        time.sleep(random.uniform(0, 0.15))  # noqa: S311 - a moment nobody chose
        lab.kill(leader)
    lab.wait_for(lambda: lab.unsent() == 0, "all letters to be sent")
    return tally(lab)


def tally(lab: Lab) -> Tally:
    rows = lab.sql("SELECT key, message_id, state FROM outbox_message WHERE key LIKE 'digest:%'")
    ids = {message_id for _key, message_id, _state in rows}
    logged = Counter(line["message_id"] for line in lab.said("possible duplicate"))
    found = Tally(
        letters=lab.written,
        kills=lab.kills,
        extra=sum(lab.sink.copies.values()) - len(lab.sink.copies),
        lost=len({message_id for message_id in ids if not lab.sink.copies[message_id]}) + lab.written - len(rows),
        twice_in_the_database=len(rows) - len({key for key, _id, _state in rows}),
        second_message_ids=len(set(lab.sink.copies) - ids),
        unlogged=sum(copies - 1 > logged[message_id] for message_id, copies in lab.sink.copies.items()),
    )
    print(found)
    return found


@contextlib.contextmanager
def laboratory(folder: Path, postgres: str = "") -> Iterator[Lab]:
    """`postgres` is a server's address; a database of our own is made there and dropped."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    name = f"lab_{secrets.token_hex(4)}"
    lab = Lab(folder, sink, controller.port, postgres.replace("/postgres", f"/{name}") if postgres else "")
    try:
        if postgres:
            _server(postgres, f"CREATE DATABASE {name}")
        lab.run("runbook", "migrate")
        yield lab
    finally:
        lab.end()
        controller.stop()
        if postgres:
            _server(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _server(address: str, words: str) -> None:
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(words)
