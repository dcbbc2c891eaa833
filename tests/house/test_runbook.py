"""docs/operations.md has every clause of the user's runbook, each with a command that exists, and every command."""

import argparse
import re
from pathlib import Path

import pytest

from superviseme.ops.cli import parser

ROOT = Path(__file__).resolve().parent.parent.parent
CLAUSES = """
1.1a 1.1b 1.1c 1.1d 1.2a 1.2b 1.2c 1.2d 1.3a 1.3b 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3a 3.3b 3.4a 3.4b 3.5
4.1a 4.1b 4.2a 4.2b 4.2c 4.3a 4.3b 4.3c 4.3d 4.4a 4.4b 4.4c 4.5a 4.5b
5.0 5.1 5.2 5.3a 5.3b 5.4 5.5a 5.5b 5.5c 5.5d 6.B1 6.B2 6.B3 6.B4 6.R1 6.R2 6.R3 6.R4 7.1 7.2 7.3
""".split()
ROW = re.compile(r"^\| (\d\.\w+) \|[^|]*\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
OTHERS = (
    "bin/test",
    "pip install -r requirements.txt",
    "python scripts/check_schema_alignment.py --db data_schema/database_dashboard.db --strict",
)
TEXT = (ROOT / "docs" / "operations.md").read_text()


def leaves(of: argparse.ArgumentParser, words: tuple = ()) -> set[str]:
    below = [a for a in of._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        return {" ".join(words)}
    return {leaf for name, one in below[0].choices.items() for leaf in leaves(one, (*words, name))}


def named(text: str) -> set[str]:
    """The commands of ./runbook in a piece of text, without their options and arguments."""
    found = (re.findall(r"^[a-z]+(?: [a-z]+)?", said) for said in re.findall(r"`\./runbook ([^`]+)`", text))
    return {one[0] for one in found if one}


def exists(words: str) -> bool:
    known = leaves(parser())
    return words in known or words.split()[0] in known


def test_every_clause_has_one_row_with_a_command():
    rows = {clause: command for clause, command, _ in ROW.findall(TEXT)}
    without = [c for c, command in rows.items() if not named(command) and not any(o in command for o in OTHERS)]
    assert (list(rows), without) == (CLAUSES, [])


def test_every_command_that_is_named_exists():
    assert sorted(words for words in named(TEXT) if not exists(words)) == []


@pytest.mark.parametrize("command", sorted(leaves(parser())))
def test_every_command_serves_a_clause(command):
    """By name, or with the family it belongs to; the drill is every clause at once."""
    told = TEXT[TEXT.index("# The runbook, clause by clause") :]
    assert command in {" ".join(words.split()[: len(command.split())]) for words in named(told)}


def test_the_words_of_the_runbook_itself_work_literally():
    assert [other for other in OTHERS if other not in TEXT] == []
