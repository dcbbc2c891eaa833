"""A browser for the journeys, and pages signed in as somebody."""

import os
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread

import pytest  # noqa: E402
from django.conf import settings as site  # noqa: E402
from django.core.signals import got_request_exception  # noqa: E402
from django.test import Client  # noqa: E402
from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytest.register_assert_rewrite("tests.journeys.seen")

from tests.people import PASSWORD  # noqa: E402

from .seen import SIZES, picture  # noqa: E402

expect.set_options(timeout=15_000)
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    return {**browser_type_launch_args, "executable_path": found} if found else browser_type_launch_args


@pytest.fixture
def broken() -> Iterator[list[str]]:
    """What went wrong inside the server, for the message of a test that meets a 500."""
    found: list[str] = []

    def note(sender: Any, **kwargs: Any) -> None:
        found.append("".join(traceback.format_exc().splitlines(keepends=True)[-3:]))

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


@pytest.fixture
def open_as(browser: Browser, live_server: Any, transactional_db: None, broken: list[str], request: Any) -> Any:
    """`open_as(person, "/theses", size="phone", theme="dark")` is a page there, signed in as them (None: a visitor)."""
    contexts = []

    def opened(person: Any, path: str, *, size: str = "desktop", theme: str = "light", script: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=SIZES[size],
            color_scheme=theme,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if person is not None:
            context.add_cookies([_session(person, live_server.url)])
        page = context.new_page()
        page.complaints, page.broken = [], broken
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: page.complaints.extend(_abroad(asked.url, live_server.url)))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        answer = page.goto(path)
        assert answer is not None and answer.status < 500, f"{path} answers {answer and answer.status} {broken}"
        return page

    yield opened
    for number, context in enumerate(contexts):
        if os.environ.get("PICTURES"):
            picture(context.pages[0], f"last-{request.node.originalname}-{number}")
        context.close()


def _abroad(address: str, home: str) -> list[str]:
    elsewhere = address.startswith(("http", "ws")) and not address.startswith(
        home
    )  # the browser's own pages are no host
    return [f"asks another host: {address}"] if elsewhere else []


def _session(person: Any, address: str) -> dict[str, Any]:
    client = Client()
    client.force_login(person)
    return {"name": site.SESSION_COOKIE_NAME, "value": client.cookies[site.SESSION_COOKIE_NAME].value, "url": address}


def give_password(person: Any) -> None:
    person.set_password(PASSWORD)
    person.save()


def sign_in(page: Page, person: Any, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail").fill(person.email)
    page.locator("input[name=password]").fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()


def pdf(folder: Path, name: str, words: str = "first") -> Path:
    """A file that is a PDF to those who look at its first and last bytes."""
    path = folder / name
    path.write_bytes(f"%PDF-1.4\n% {words}\n%%EOF\n".encode())
    return path


Opener = Callable[..., Page]
