"""People who keep asking while releases change: half on connections they keep, half on a new one each time."""

import http.client
import threading
import time


class Load:
    """`with Load(port) as load: …`; then `load.answered` and `load.failed` (what went wrong, in words)."""

    def __init__(self, port, *, clients=4, path="/login", pause=0.0):
        self.port, self.path, self.pause = port, path, pause
        self.answered, self.failed, self.slowest = 0, [], 0.0
        self._over, self._lock = threading.Event(), threading.Lock()
        self._threads = [threading.Thread(target=self._ask, args=(n % 2 == 0,), daemon=True) for n in range(clients)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=40)

    def _ask(self, keeps):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self._over.is_set():
            start = time.monotonic()
            try:
                connection.request("GET", self.path)
                answer = connection.getresponse()
                answer.read()
                self._count(answer.status, time.monotonic() - start)
            except (OSError, http.client.HTTPException) as problem:
                self._count(f"{type(problem).__name__}: {problem}", time.monotonic() - start)
                connection.close()
            if not keeps:
                connection.close()
            time.sleep(self.pause)
        connection.close()

    def _count(self, status, seconds):
        with self._lock:
            self.slowest = max(self.slowest, seconds)
            if status == 200:
                self.answered += 1
            else:
                self.failed.append(status)
