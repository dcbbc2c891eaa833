"""The reports there are: read REPORTS."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import ahead, people, theses
from .scope import Scope, Table


@dataclass(frozen=True)
class Report:
    key: str
    title: str | Promise
    about: str | Promise
    make: Callable[[Scope], Table]


REPORTS: dict[str, Report] = {
    one.key: one
    for one in (
        Report("states", _("States"), _("How many theses are in which state."), theses.by_state),
        Report("levels", _("Levels"), _("How many theses there are of which level."), theses.by_level),
        Report(
            "load",
            _("Load"),
            _("How many theses each supervisor has: running, which is neither over nor frozen, and over."),
            theses.load,
        ),
        Report("times", _("Time in a state"), _("How long theses stay where they are."), theses.time_in_state),
        Report(
            "answers",
            _("Answers"),
            _("How soon a supervisor writes under a student's update; the last 180 days."),
            people.response,
        ),
        Report(
            "silent", _("Silent students"), _("Who has a running thesis and has done nothing for long."), people.silent
        ),
        Report("deadlines", _("Deadlines"), _("What is due within sixty days, and what is overdue."), ahead.deadlines),
        Report("topics", _("Topics"), _("How often each topic was asked for."), ahead.interests),
    )
}
