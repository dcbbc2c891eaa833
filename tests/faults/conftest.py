"""Sites to break, and what they stand on."""

import subprocess

import pytest

from .postgres import Database
from .site import Site


@pytest.fixture
def database():
    with Database() as found:
        yield found


@pytest.fixture
def site(tmp_path):
    """Maker of sites that are stopped afterwards."""
    made = []

    def make(*, database: str = "", **more: str) -> Site:
        (tmp_path / "site").mkdir(exist_ok=True)
        made.append(Site(tmp_path / "site", database, **more))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 8 MB where the site keeps its files."""
    folder = tmp_path / "site" / "files"
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
