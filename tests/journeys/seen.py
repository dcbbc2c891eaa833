"""What must hold of every page a browser shows."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

Way = tuple[str, str]  # a size and a theme
PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STICKING_OUT = """width => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > width + 1).slice(-1).map(e => e.outerHTML.slice(0, 120)).join()"""
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
    "laptop": {"width": 1024, "height": 700},
    "tablet": {"width": 800, "height": 1024},
    "small": {"width": 360, "height": 740},
}
VIOLATIONS = "axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations)"
TWICE = """() => [...document.querySelectorAll('[id]')].map(e => e.id)
  .filter((id, place, all) => all.indexOf(id) !== place).join(', ')"""
CUT_MENUS = """() => [...document.querySelectorAll('details.menu')].filter(menu => {
    if (!menu.checkVisibility()) return false;
    menu.open = true;
    const panel = menu.querySelector('.menu-panel').getBoundingClientRect();
    menu.open = false;
    return panel.left < 0 || panel.right > innerWidth;
  }).map(menu => menu.textContent.trim().slice(0, 40)).join(', ')"""
ICONS = "[...document.querySelectorAll('svg use')].map(use => use.getAttribute('href'))"


def is_sound(page: Page) -> None:
    """No accessibility violations, nothing cut at the side, every icon drawn, no complaint in the console."""
    assert violations(page) == []
    assert page.evaluate(WIDER) <= 0, "the page is wider than the window"
    assert missing_icons(page) == []
    assert [text for text in page.complaints if "Failed to load resource" not in text] == []


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS)
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


def troubles(page: Page, address: str, ways: list[Way], ruled: list[Way], widths: list[str]) -> list[str]:
    """Open a page once and look at it in several ways, for the rules of accessibility in some, and in further widths; what
    is wrong, one line each."""
    page.complaints.clear()
    page.set_viewport_size(SIZES["desktop"])
    answer = page.goto(address)
    if not answer or answer.status != 200:
        return [f"answers {answer and answer.status} {page.broken[-1:]}"]
    found: list[str] = []
    found += [f"has {count} first headings" for count in [page.locator("h1").count()] if count != 1]
    found += [f"names twice: {ids}" for ids in [page.evaluate(TWICE)] if ids]
    for size, theme in ways:
        page.set_viewport_size(SIZES[size])
        page.emulate_media(color_scheme=theme)
        if (size, theme) in ruled:
            found += [f"({size}, {theme}): {what}" for what in violations(page)]
        found += narrow_troubles(page, size)
    for size in widths:
        page.set_viewport_size(SIZES[size])
        found += narrow_troubles(page, size)
    return found + page.complaints


def narrow_troubles(page: Page, size: str) -> list[str]:
    width = SIZES[size]["width"]
    cut = [f"({size}) cuts off the menus {names}" for names in [page.evaluate(CUT_MENUS)] if names]
    more = page.evaluate(WIDER)
    return [f"is {more} px wider than {width} px: {page.evaluate(STICKING_OUT, width)}", *cut] if more > 0 else cut
