"""Long forms: 200 flipped bytes, 20 truncations, 25 random sites wiped and restored, 50 kills, 20 backups beside a writer."""

from tests.ops.backup.conftest import blank, filled, own_site
from tests.ops.backup.test_backup import made, test_every_flipped_byte_is_found, test_every_truncation_is_found
from tests.ops.backup.test_restore import test_wiped_and_restored_it_holds_the_same
from tests.ops.backup.test_storms import (
    pytestmark,
    test_every_file_of_a_busy_writer_is_there_or_not_named,
    test_killed_at_any_moment_it_leaves_nothing_that_looks_good,
)

__all__ = [
    "blank",
    "filled",
    "made",
    "own_site",
    "pytestmark",
    "test_every_file_of_a_busy_writer_is_there_or_not_named",
    "test_every_flipped_byte_is_found",
    "test_every_truncation_is_found",
    "test_killed_at_any_moment_it_leaves_nothing_that_looks_good",
    "test_wiped_and_restored_it_holds_the_same",
]
