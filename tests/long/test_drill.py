"""The whole drill, both bad releases, on SQLite and on PostgreSQL."""

import os

import pytest

from tests.ops.test_drill import BUILT, drilled

pytestmark = [pytest.mark.long, pytest.mark.skipif(not BUILT, reason="the static files are not built")]


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_the_whole_drill(kind, capsys):
    server = os.environ.get("POSTGRES_URL", "")
    if kind == "postgres" and not server:
        pytest.skip("no PostgreSQL here: bin/test --long starts one")
    said = drilled(kind, server=server)
    with capsys.disabled():
        print(f"\ndrill on {kind}: {said['figures'][kind]}")
