"""People who write while the site breaks, each text its own, tried again until it is acknowledged."""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests

from .site import Site

AGAIN = 0.05
LOST_CONNECTION = "no answer"


@dataclass
class Writers:
    """What was acknowledged, and every status seen. A text without an acknowledgement is sent again, as people do."""

    site: Site
    acknowledged: list[str] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)
    storm: str = field(default_factory=lambda: secrets.token_hex(3))  # two storms over one site write different texts

    def write(self, name: str) -> None:
        browser, number = self.site.browser(), 0
        while not self.over.is_set():
            text = f"{name} of {self.storm} writes line {number}"
            if self._post(browser, text):
                self.acknowledged.append(text)
                number += 1
            else:
                time.sleep(AGAIN)

    def _post(self, browser: requests.Session, text: str) -> bool:
        try:
            answer = browser.post(
                self.site.address("updates"), {"kind": "progress", "text": text}, timeout=30, allow_redirects=False
            )
        except requests.RequestException:
            self.statuses[LOST_CONNECTION] += 1
            return False
        self.statuses[answer.status_code] += 1
        return answer.status_code == 302

    def server_errors(self) -> set[int]:
        return {status for status in self.statuses if isinstance(status, int) and status >= 500}


@contextmanager
def writers(site: Site, count: int = 3) -> Iterator[Writers]:
    """Some people writing for as long as the block lasts."""
    found = Writers(site)
    threads = [threading.Thread(target=found.write, args=(f"writer {n}",), daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.over.set()
        for thread in threads:
            thread.join(timeout=60)


KEPT = """
from collections import Counter
from superviseme.events.models import Event
from superviseme.search.models import SearchEntry
from superviseme.workspaces.models import Update
texts = dict(Update.objects.values_list("pk", "text"))
told = Counter(Event.objects.filter(verb="update.posted").values_list("thing_id", flat=True))
found = set(SearchEntry.objects.filter(thing="workspaces.update").values_list("thing_id", flat=True))
halves = [pk for pk in texts if told[pk] != 1 or pk not in found] + [pk for pk in told if pk not in texts]
answer = {"texts": Counter(texts.values()), "halves": halves}
"""


def lost_and_halved(site: Site, done: Writers) -> dict:
    """Acknowledged texts that are not there, texts there twice, rows without their event or search entry."""
    kept = site.ask(KEPT)
    lost = [text for text in done.acknowledged if text not in kept["texts"]]
    twice = [text for text, count in kept["texts"].items() if count > 1]
    return {"lost": lost, "twice": twice, "halves": kept["halves"]}


NOTHING = {"lost": [], "twice": [], "halves": []}
