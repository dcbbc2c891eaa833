"""Every word of the pages has its translation, with the same placeholders."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from django.conf import settings

from superviseme.places import PACKAGE

LOCALE = PACKAGE / "locale"
LAZY = parse_keywords((LOCALE / "keywords.txt").read_text().split())  # as bin/words does
DAYS = ["date", "day", "when", "since", "start", "end", "starts", "ends", "expires", "hour"]
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


@cache
def words() -> set:
    """(context, text) of everything that is translated."""
    with open(LOCALE / "babel.cfg") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(PACKAGE, methods, options, keywords={**DEFAULT_KEYWORDS, **LAZY})
    return {(context, text) for _file, _line, text, _comments, context in found if text}


def catalogue(language: str) -> Catalog:
    with open(LOCALE / language / "LC_MESSAGES" / "django.po", "rb") as file:
        return read_po(file)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_the_words_there_are(language: str) -> None:
    """Call bin/words when this fails."""
    assert {(message.context, message.id) for message in messages(language)} == words()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    without = [message.id for message in messages(language) if message.fuzzy or not _whole(message)]
    assert without == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_original(language: str) -> None:
    wrong = {message.id: [str(error) for error in message.check()] for message in messages(language) if message.check()}
    assert wrong == {}


def test_no_italian_article_stands_before_a_day() -> None:
    """«dal 8 novembre» would be wrong: reword («dal giorno …», «scadenza: …»)."""
    article = re.compile(rf"\b(il|al|dal|del|nel|sul|alle|dalle) %\(({'|'.join(DAYS)})\)s")
    assert [message.id for message in messages("it") if article.search(str(message.string))] == []


def _whole(message: Message) -> bool:
    return all([message.string] if isinstance(message.string, str) else message.string)
