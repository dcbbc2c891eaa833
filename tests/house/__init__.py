"""What holds the house together: sizes, locks, documents, commands."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("superviseme", "tests", "scripts", "bin", "frontend", "docs", "bench", "deploy")
NOT_WRITTEN_BY_HAND = ("migrations", "__pycache__", "built", "locale", "images")


def our_files(*endings: str, below: tuple[str, ...] = OURS) -> Iterator[Path]:
    for folder in below:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix in endings and not set(NOT_WRITTEN_BY_HAND) & set(file.parts):
                yield file


def commands() -> list[Path]:
    return [file for file in sorted((ROOT / "bin").iterdir()) if file.is_file() and not file.suffix]


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))
