"""Lateness and grades in words."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.web.text import number


def late_words(seconds: int) -> str:
    """«2 days late», «3 hours late»; "" when it was in time."""
    if seconds <= 0:
        return ""
    if seconds < 3600:
        n = max(seconds // 60, 1)
        return ngettext("%(n)s minute late", "%(n)s minutes late", n) % {"n": n}
    if seconds < 86400:
        n = seconds // 3600
        return ngettext("%(n)s hour late", "%(n)s hours late", n) % {"n": n}
    days, hours = seconds // 86400, seconds % 86400 // 3600
    words = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
    return _("%(days)s (and %(n)s h)") % {"days": words, "n": hours} if hours else words


def grade_words(grade: Decimal | None, out_of: Decimal | None) -> str:
    """«28.5 / 30», without zeros that say nothing; "" without a grade."""
    return (
        " / ".join(number(short(value)) for value in (grade, out_of) if value is not None) if grade is not None else ""
    )


def short(value: Decimal) -> Decimal:
    """Without zeros that say nothing."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
