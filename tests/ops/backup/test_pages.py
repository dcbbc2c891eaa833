"""/admin/backups: what there is, and whether it can be relied on."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from superviseme.ops.backup import manifest

from .folders import a_folder

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def a_backup(settings):
    """`a_backup(3)` is the fourth folder of a list."""
    return lambda n, **more: a_folder(BEGIN + timedelta(days=n), **more)


@pytest.mark.parametrize("who, status", [("bob", 403), ("ada", 200)])
def test_only_administrators_see_them(as_, request, who, status):
    assert as_(request.getfixturevalue(who)).get("/admin/backups").status_code == status


def test_without_one_it_says_how_to_make_one(as_, ada):
    assert "./runbook backup create" in as_(ada).get("/admin/backups").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_it_lists_them_at_the_same_price(as_, ada, a_backup, rows, django_assert_num_queries):
    for n in range(rows):
        a_backup(n)
    browser = as_(ada)
    browser.get("/admin/backups")
    with django_assert_num_queries(4):
        page = browser.get("/admin/backups").content.decode()
    assert page.count("sign-good") == rows


def test_none_that_counts_is_said_loudly(as_, ada, a_backup):
    a_backup(1, good=False)
    (a_backup(2) / manifest.NAME).write_text("{}")
    page = as_(ada).get("/admin/backups").content.decode()
    assert ("None of these can be relied on" in page, "not verified" in page, "damaged" in page) == (True, True, True)


def test_older_ones_are_a_page_further(as_, ada, a_backup):
    for n in range(28):
        a_backup(n)
    first = as_(ada).get("/admin/backups").content.decode()
    older = re.search(r"after=([^\"&]+)", first).group(1)
    second = as_(ada).get(f"/admin/backups?after={older}").content.decode()
    assert (first.count("sign-good"), second.count("sign-good")) == (25, 3)
