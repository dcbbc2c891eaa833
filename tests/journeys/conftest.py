"""A browser for the journeys, and pages signed in as somebody."""

import os
import shutil
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread

import pytest  # noqa: E402
from django.conf import settings as site  # noqa: E402
from django.test import Client  # noqa: E402
from playwright.sync_api import Browser, Page  # noqa: E402

pytest.register_assert_rewrite("tests.journeys.seen")

from .seen import SIZES  # noqa: E402

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)
    return {**browser_type_launch_args, "executable_path": found} if found else browser_type_launch_args


@pytest.fixture
def open_as(browser: Browser, live_server: Any, transactional_db: None) -> Any:
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
        contexts.append(context)
        if person is not None:
            context.add_cookies([_session(person, live_server.url)])
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)  # type: ignore[attr-defined]
        page.on("request", lambda asked: page.complaints.extend(_abroad(asked.url, live_server.url)))  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        answer = page.goto(path)
        assert answer is not None and answer.status < 500, f"{path} answers {answer and answer.status}"
        return page

    yield opened
    for context in contexts:
        context.close()


def _abroad(address: str, home: str) -> list[str]:
    return [] if address.startswith((home, "data:", "blob:", "about:")) else [f"asks another host: {address}"]


def _session(person: Any, address: str) -> dict[str, Any]:
    client = Client()
    client.force_login(person)
    return {"name": site.SESSION_COOKIE_NAME, "value": client.cookies[site.SESSION_COOKIE_NAME].value, "url": address}


Opener = Callable[..., Page]
