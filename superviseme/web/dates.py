"""Dates for people: in the reader's zone, relative with the exact moment on hover."""

import datetime as dt
from functools import lru_cache

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from .time import now, today

Moment = dt.datetime | dt.date | None

__all__ = ["ago", "date", "datetime_", "day", "due", "iso", "now", "short", "time_", "today"]


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value)


def _as_date(value: dt.datetime | dt.date) -> dt.date:
    return _local(value).date() if isinstance(value, dt.datetime) else value


def _written(day: dt.date, pattern: str) -> str:
    return _written_in(get_language(), day, pattern)


@lru_cache(maxsize=2000)  # a page writes the same days again and again
def _written_in(language: str | None, day: dt.date, pattern: str) -> str:
    """In the active language, which is `language`: «3. Dezember» in German, «3 dicembre» in Italian."""
    words = formats.date_format(day, pattern.replace("j", "j.") if language == "de" else pattern)
    return words.lower() if language == "it" else words


def short(value: dt.date) -> str:
    """«3 Dec»."""
    return _written(value, "j M")


def iso(value: Moment) -> str:
    return value.isoformat() if value else ""


def date(value: Moment) -> str:
    """«3 December 2026»."""
    return _written(_as_date(value), "j F Y") if value else ""


def datetime_(value: dt.datetime | None) -> str:
    """«3 December 2026, 14:05» in the reader's zone."""
    if not value:
        return ""
    here = _local(value)
    return f"{_written(here.date(), 'j F Y')}, {here:%H:%M}"


def time_(value: dt.datetime | None) -> str:
    return f"{_local(value):%H:%M}" if value else ""


def ago(value: Moment) -> Markup | str:
    """A <time> element: «3 hours ago», «in 2 days»; older or farther than a month as a date."""
    if not value:
        return ""
    if not isinstance(value, dt.datetime):
        return _time(iso(value), date(value), _days_words(value))
    here = _local(value)
    return _time(iso(value), f"{_written(here.date(), 'j F Y')}, {here:%H:%M}", _ago_words(value, here.date()))


def day(value: Moment) -> Markup | str:
    """«Thursday, 3 December (in 4 days)»."""
    if not value:
        return ""
    d = _as_date(value)
    pattern = "l, j F" if d.year == today().year else "l, j F Y"
    words = _written(d, pattern)
    if abs((d - today()).days) < 31:
        words = f"{words} ({_days_words(d)})"
    title = datetime_(value) if isinstance(value, dt.datetime) else date(value)
    return _time(iso(value), title, words)


def due(value: Moment) -> Markup | str:
    """«due in 4 days», «2 days overdue», «due today»."""
    if not value:
        return ""
    d = _as_date(value)
    return _due_in(get_language(), iso(value), d, (d - today()).days)


@lru_cache(maxsize=2000)  # the rows of a list fall due on the same days
def _due_in(language: str | None, moment: str, d: dt.date, left: int) -> Markup:
    """In the active language, which is `language`."""
    if left < 0:
        words = ngettext("%(n)s day overdue", "%(n)s days overdue", -left) % {"n": -left}
    elif left == 0:
        words = _("due today")
    elif left == 1:
        words = _("due tomorrow")
    elif left < 31:
        words = _("due in %(n)s days") % {"n": left}
    else:
        words = _("due %(date)s") % {"date": date(d)}
    return _time(moment, date(d), words)


def _time(moment: str, title: str, words: str) -> Markup:
    # Markup.format takes four times as long, and lists say a day in every row.
    return Markup(f'<time datetime="{moment}" title="{escape(title)}">{escape(words)}</time>')  # noqa: S704 - escaped


def _days_words(d: dt.date) -> str:
    left = (d - today()).days
    if left == 0:
        return _("today")
    if left == 1:
        return _("tomorrow")
    if left == -1:
        return _("yesterday")
    if 0 < left < 31:
        return _("in %(n)s days") % {"n": left}
    if -31 < left < 0:
        return _("%(n)s days ago") % {"n": -left}
    return date(d)


def _ago_words(value: dt.datetime, d: dt.date) -> str:
    """`d` is the day of the moment `value` for the reader."""
    seconds = (now() - value).total_seconds()
    if -60 < seconds < 60:
        return _("just now")
    if seconds < 0:
        return _days_words(d)
    if seconds < 3600:
        n = int(seconds // 60)
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", n) % {"n": n}
    if seconds < 86400 and d == today():
        n = int(seconds // 3600)
        return ngettext("%(n)s hour ago", "%(n)s hours ago", n) % {"n": n}
    return _days_words(d)
