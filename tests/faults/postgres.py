"""A PostgreSQL that can be restarted, and crashed, on its own data."""

import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "bin"))

import _postgres as server_  # noqa: E402 - the program's own way to a server, found through the path above


class Database:
    """Context: the server runs inside the block; `address` is its DATABASE_URL."""

    def __init__(self, *settings: str):
        self._settings = settings

    def __enter__(self) -> "Database":
        self._context = server_.restartable_postgres(self._settings)
        self._server = self._context.__enter__()
        self.address = self._server.address
        return self

    def __exit__(self, *problem: object) -> None:
        self._context.__exit__(*problem)

    def let_in(self, network: str) -> None:
        """From now on, without a password: for networks that a test made."""
        with (self._server.folder / "database" / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {network} trust\n")
        self._server.process.send_signal(signal.SIGHUP)

    def restart(self, *, crash: bool) -> None:
        self.stop(crash=crash)
        self.start()

    def stop(self, *, crash: bool = False) -> None:
        self._server.stop(signal.SIGQUIT if crash else signal.SIGINT)

    def start(self) -> None:
        self._server.start()
