import re
from pathlib import Path

from . import ROOT, commands, named, our_files

NOTES_TO_SELF = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b[:( ]")
ASKS_FOR_A_ROLE = re.compile(r"\bif\b.*(\brole\s*(==|!=)|(==|!=)\s*Role\.)")
IGNORED_WITHOUT_REASON = re.compile(r"#\s*(noqa(: [A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?)\s*$")
ICON = re.compile(r"""\bicon\(\s*['"]([a-z0-9/-]+)['"]""")


def test_nothing_is_left_as_a_note_to_self() -> None:
    files = [*our_files(".py", ".html", ".js", ".mjs", ".css", ".md"), *commands()]
    assert _found(NOTES_TO_SELF, files) == []


def test_a_warning_is_ignored_for_a_reason() -> None:
    files = [*our_files(".py", below=("superviseme", "scripts", "bin", "bench")), *commands()]
    assert _found(IGNORED_WITHOUT_REASON, files) == []


def test_only_the_law_asks_for_roles() -> None:
    """In ops/ a role is what a process does, not what a person may."""
    files = [f for f in our_files(".py", ".html", below=("superviseme",)) if not {"policy", "ops"} & set(f.parts)]
    assert _found(ASKS_FOR_A_ROLE, files) == []


def test_every_icon_a_page_asks_for_is_in_the_sprite() -> None:
    listed = set((ROOT / "superviseme/static/src/icons.txt").read_text().split("\n"))
    templates = our_files(".html", below=("superviseme",))
    asked = {name for file in templates for name in ICON.findall(file.read_text())}
    assert sorted(asked - listed) == []


def test_macros_take_what_they_need_as_parameters() -> None:
    """docs/decisions/templates.md"""
    assert _found(re.compile(r"import.*with context"), [*our_files(".html", below=("superviseme",))]) == []


def test_every_link_in_the_documents_leads_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *our_files(".md", below=("docs", "deploy", "bench"))]
    broken = [
        f"{named(file)}: {target}"
        for file in documents
        for target in _links(file)
        if not _leads_somewhere(file, target)
    ]
    assert broken == []


def _found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    lines = ((file, number, line) for file in files for number, line in enumerate(file.read_text().splitlines(), 1))
    return [f"{named(file)}:{number}: {line.strip()}" for file, number, line in lines if pattern.search(line)]


def _links(file: Path) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`]*`", "", file.read_text(), flags=re.DOTALL))


def _leads_somewhere(file: Path, target: str) -> bool:
    address = target.partition("#")[0]
    return not address or "://" in address or address.startswith("mailto:") or (file.parent / address).exists()
