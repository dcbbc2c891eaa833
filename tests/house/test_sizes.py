import ast
from pathlib import Path

from . import commands, named, our_files

LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def test_no_file_is_longer_than_a_room() -> None:
    files = [*our_files(".py", ".html", ".js", ".mjs"), *commands()]
    assert [f"{named(file)}: {_lines(file)} lines" for file in files if _lines(file) > LONGEST_FILE] == []


def test_no_function_is_longer_than_a_screen() -> None:
    files = [*our_files(".py"), *commands()]
    assert [words for file in files for words in _long_functions(file)] == []


def test_every_room_says_what_it_is_for() -> None:
    rooms = [file for file in our_files(".py", below=("superviseme",)) if file.name == "__init__.py"]
    assert [named(file) for file in rooms if _has_no_words(file)] == []


def _lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def _long_functions(file: Path) -> list[str]:
    functions = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)]
    sizes = [(node.name, (node.end_lineno or 0) - node.lineno + 1) for node in functions]
    return [f"{named(file)}: {name} has {size} lines" for name, size in sizes if size > LONGEST_FUNCTION]


def _has_no_words(file: Path) -> bool:
    """A folder that only holds commands or empty shelves needs none."""
    return "management" not in file.parts and ast.get_docstring(ast.parse(file.read_text())) is None
