"""What must hold of every page a browser shows."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ICONS = "[...document.querySelectorAll('svg use')].map(use => use.getAttribute('href'))"


def is_sound(page: Page) -> None:
    """No accessibility violations, nothing cut at the side, every icon drawn, no complaint in the console."""
    assert violations(page) == []
    assert page.evaluate(WIDER) <= 0, "the page is wider than the window"
    assert missing_icons(page) == []
    assert [text for text in page.complaints if "Failed to load resource" not in text] == []  # type: ignore[attr-defined]


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def missing_icons(page: Page) -> list[str]:
    used = {href for href in page.evaluate(ICONS) if href}
    if not used:
        return []
    sprite = page.request.get(next(iter(used)).split("#")[0]).text()
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    return sorted({name for href in used if (name := href.split("#")[1]) not in known})


def picture(page: Page, name: str) -> Path:
    """A screenshot to look at, under build/screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    return PICTURES / f"{name}.png"
