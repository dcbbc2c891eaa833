"""The maps of the house in README and architecture show every room."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {path.parent.name for path in (ROOT / "superviseme").glob("*/__init__.py")}


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_a_map_shows_every_room(page: str) -> None:
    maps = [block for place, block in enumerate((ROOT / page).read_text().split("```")) if place % 2]
    shown = {word.strip("/|") for block in maps for line in block.splitlines() for word in line.split()}

    assert ROOMS - shown == set()
