"""How the word for a role, a seat or a state stands within a sentence."""

from typing import Any

from django.utils.translation import get_language


def noun(label: Any) -> str:
    """Small, but German nouns keep their capital: «by a supervisor», «von Betreuer:in»."""
    return str(label) if get_language() == "de" else str(label).lower()


def adjective(label: Any) -> str:
    """«in progress»; of what German says only the first letter is small: «in Arbeit»."""
    words = str(label)
    return words[:1].lower() + words[1:] if get_language() == "de" else words.lower()
