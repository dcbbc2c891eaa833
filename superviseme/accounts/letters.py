"""Letters to people with an account."""

from typing import Any

from superviseme.accounts.language import language_of
from superviseme.outbox.post import post

from .models import Person


def write_to(person: Person, letter: str, *, key: str, address: str = "", **words: Any) -> None:
    """In their language, to their address or another one that is theirs. The templates get `name` and `words`."""
    post(
        letter,
        to=address or person.email,
        to_name=person.full_name,
        recipient=person.pk,
        key=key,
        language=language_of(person),
        context={"name": person.name or person.full_name, **words},
    )
