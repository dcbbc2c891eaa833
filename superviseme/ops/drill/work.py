"""People at the drill's site: one who writes marks and remembers which were acknowledged, and some who only read."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = "d" * 32  # the cookie and the field say the same; enough over http on this machine
EVERY, LOOK_EVERY = 0.1, 0.02  # seconds between two marks, and two looks of each reader
READERS = 3


@dataclass
class Work:
    """Marks by title with the moment they were acknowledged, and how reading went."""

    port: int
    session: str
    workspace: int
    marks: dict[str, float] = field(default_factory=dict)
    read: int = 0
    failed: list[str] = field(default_factory=list)
    failing: list[float] = field(default_factory=list)  # when the first and the last of them failed
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self) -> None:
        number = 0
        while not self.over.wait(EVERY):
            title = f"Mark {number}"
            status = self._ask("POST", f"/w/{self.workspace}/todos", urlencode({"title": title}))
            if status == 302:
                self.marks[title] = time.time()
                number += 1
            else:
                self._note(f"POST: {status}")

    def look(self) -> None:
        while not self.over.wait(LOOK_EVERY):
            status = self._ask("GET", f"/w/{self.workspace}/todos")
            if status == 200:
                with self.lock:
                    self.read += 1
            else:
                self._note(f"GET: {status}")

    def _note(self, problem: str) -> None:
        with self.lock:
            self.failed.append(problem)
            self.failing = [*self.failing[:1], time.time()]

    def _ask(self, method: str, path: str, body: str | None = None) -> int | str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException) as problem:
            return type(problem).__name__
        finally:
            connection.close()


@contextmanager
def at_work(work: Work) -> Iterator[Work]:
    """The people are there for as long as the block lasts."""
    threads = [threading.Thread(target=do, daemon=True) for do in (work.write, *[work.look] * READERS)]
    for thread in threads:
        thread.start()
    try:
        yield work
    finally:
        work.over.set()
        for thread in threads:
            thread.join(timeout=40)
        work.over.clear()
