from django.utils.translation import ngettext


def taken_words(taken: int) -> str:
    """Why a topic cannot have fewer places."""
    return ngettext("%(n)s place is taken already.", "%(n)s places are taken already.", taken) % {"n": taken}
