"""A browser of few words: cookies, tokens, no redirects followed. Only what the smoke test needs."""

import http.client
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Unreachable(Exception):
    """Nobody answers at the address."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def token(self) -> str:
        found = TOKEN.search(self.body)
        return found.group(1) if found else ""

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass
class Browser:
    """`url` is where the site answers; on this machine it is asked as if through its proxy at `base_url`."""

    url: str
    base_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, *, token: str | None = None, origin: str = "", **fields: str) -> Answer:
        """With the token of the last page that had one, another, or none at all (`token=""`)."""
        token = self.token if token is None else token
        said = {**fields, "csrfmiddlewaretoken": token} if token else fields
        origin = origin or self.origin
        return self._ask("POST", path, urlencode(said), {"Origin": origin, "Referer": f"{origin}{path}"})

    @property
    def origin(self) -> str:
        return self.base_url if self._local else self.url.rstrip("/")

    @property
    def _local(self) -> bool:
        return urlsplit(self.url).hostname in LOOPBACK

    def _ask(self, method: str, path: str, body: str | None = None, more: Mapping[str, str] | None = None) -> Answer:
        headers = {**self._said(), **(more or {})}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = self._connection()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as problem:
            raise Unreachable(f"{method} {path}: {type(problem).__name__} {problem}".strip()) from None
        finally:
            connection.close()
        self._keep(response.headers.get_all("Set-Cookie") or [])
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, text)
        self.token = answer.token or self.token
        return answer

    def _said(self) -> dict[str, str]:
        said = {"User-Agent": "SuperviseMe smoke", "Accept": "text/html", **self.headers}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self._local:
            parts = urlsplit(self.base_url)
            said |= {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}
        return said

    def _connection(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        if parts.scheme == "https":
            secure = ssl.create_default_context()
            return http.client.HTTPSConnection(host, parts.port, timeout=PATIENCE, context=secure)
        return http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
