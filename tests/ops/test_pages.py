"""Pages made from tables say what the tables say."""

import pytest
from django.conf import settings

from superviseme.ops.pages import pages

PATHS = [
    "docs/permissions.md",
    "docs/notices.md",
    "docs/states.md",
    "docs/clock.md",
    "docs/configuration.md",
    ".env.example",
]


@pytest.mark.parametrize("path", PATHS)
def test_the_page_is_not_stale(path):
    assert (settings.BASE_DIR / path).read_text() == pages()[path], "run manage.py build_docs"


def test_the_example_sets_nothing_by_itself():
    assert [line for line in pages()[".env.example"].splitlines() if line and not line.startswith("#")] == []
