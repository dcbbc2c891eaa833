"""Nothing stands in a table that nobody asks for."""

import re

from superviseme.config.names import NAMES
from superviseme.notifications.catalog import CATALOG, Verb
from superviseme.policy.actions import Action

from . import ROOT, commands, our_files

CODE = [*our_files(".py", below=("superviseme", "bin")), *commands()]


def text_outside(*places: str) -> str:
    return "\n".join(file.read_text() for file in CODE if not str(file.relative_to(ROOT)).startswith(places))


def test_every_action_of_the_law_is_asked_for() -> None:
    asked = set(re.findall(r"\bAction\.(\w+)", text_outside("superviseme/policy/")))
    assert sorted({action.name for action in Action} - asked) == []


def test_every_event_happens_somewhere_and_has_its_words() -> None:
    said = set(re.findall(r"\bVerb\.(\w+)", text_outside("superviseme/notifications/catalog.py")))
    assert sorted({verb.name for verb in Verb} - said) == []
    assert set(CATALOG) == set(Verb)


def test_every_letter_is_sent() -> None:
    code = text_outside()
    letters = [folder.name for folder in (ROOT / "superviseme/templates/mail").iterdir() if folder.is_dir()]
    assert [name for name in letters if f'"{name}"' not in code] == []


def test_every_name_of_the_environment_is_read_unless_it_says_later() -> None:
    code = text_outside("superviseme/config/names.py")
    read = {name for name in NAMES if re.search(rf"""["']{name}["']""", code)}
    assert sorted(read ^ {name for name, entry in NAMES.items() if not entry.later}) == []


def test_every_template_is_used() -> None:
    templates = ROOT / "superviseme/templates"
    pages = {str(file.relative_to(templates)): file.read_text() for file in our_files(".html", below=(str(templates),))}
    everything = text_outside() + "\n".join(pages.values())
    by_rule = (
        "mail/",
        "account/",
        "errors/",
        "home/",
        "web/styleguide_",
    )  # named by a letter, a library, a number, a role
    assert [name for name in pages if not name.startswith(by_rule) and name not in everything] == []
