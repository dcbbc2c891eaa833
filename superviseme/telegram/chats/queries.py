"""Whose chat is whose."""

from superviseme.accounts.models import Person

from ..models import Chat


def chat_of(person: Person) -> Chat | None:
    return Chat.objects.filter(person=person).first()


def person_of(chat: int) -> Person | None:
    """The one who connected it, while their account is open."""
    row = Chat.objects.filter(chat=chat).select_related("person").first()
    return row.person if row and row.person.is_active else None
