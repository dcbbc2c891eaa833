"""Machines: network namespaces of our own on a bridge of our own, whose cables can be pulled. Needs root."""

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class Network:
    """Addresses 10.213.N.x; `here` is ours. Everything is named after one random word and gone afterwards."""

    def __init__(self, machines: int):
        number = secrets.randbelow(250) + 1
        self.word = f"sm{secrets.token_hex(3)}"
        self.here, self.net = f"10.213.{number}.1", f"10.213.{number}.0/24"
        self.machines = [f"{self.word}-{n}" for n in range(machines)]
        self.addresses = [f"10.213.{number}.{n + 2}" for n in range(machines)]

    def make(self) -> None:
        _ip("link", "add", self.word, "type", "bridge")
        _ip("addr", "add", f"{self.here}/24", "dev", self.word)
        _ip("link", "set", self.word, "up")
        for n, machine in enumerate(self.machines):
            _ip("netns", "add", machine)
            _ip("link", "add", f"{self.word}c{n}", "type", "veth", "peer", "name", "eth0", "netns", machine)
            _ip("link", "set", f"{self.word}c{n}", "master", self.word, "up")
            for words in (("addr", "add", f"{self.addresses[n]}/24", "dev", "eth0"), ("link", "set", "eth0", "up")):
                _ip("-n", machine, *words)
            _ip("-n", machine, "link", "set", "lo", "up")

    def gone(self) -> None:
        for machine in self.machines:
            subprocess.run(["ip", "netns", "del", machine], capture_output=True)
        subprocess.run(["ip", "link", "del", self.word], capture_output=True)

    def inside(self, n: int) -> tuple[str, ...]:
        """Before a command: it runs on that machine."""
        return ("nsenter", f"--net=/run/netns/{self.machines[n]}", "--")

    def pull(self, n: int) -> None:
        """The cable: nothing arrives and nobody is told."""
        _ip("link", "set", f"{self.word}c{n}", "down")

    def plug(self, n: int) -> None:
        _ip("link", "set", f"{self.word}c{n}", "up")


@contextmanager
def network(machines: int) -> Iterator[Network]:
    made = Network(machines)
    try:
        made.make()
        yield made
    finally:
        made.gone()


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)
