"""Conditions: the *when* of a rule, and the *who* beyond roles and seats.

A condition takes the person and the thing and returns None when it holds, else the reason in words to people.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reason = str | Promise
Condition = Callable[[Any, Any], Reason | None]


def scope_of(thing: Any) -> Any:
    """What holds the seats: the workspace of a thing, or the thing itself (a workspace, a topic)."""
    return getattr(thing, "workspace", None) or thing


def workspace_is_open(person: Any, thing: Any) -> Reason | None:
    scope = scope_of(thing)
    if getattr(scope, "deleted_at", None):
        return _("This workspace is deleted. Restore it first.")
    if getattr(scope, "frozen_at", None):
        return _("This workspace is frozen. Unfreeze it to change anything in it.")
    return None


def workspace_is_frozen(person: Any, thing: Any) -> Reason | None:
    return None if scope_of(thing).frozen_at else _("This workspace is not frozen.")


def is_deleted(person: Any, thing: Any) -> Reason | None:
    return None if thing.deleted_at else _("This is not deleted.")


def not_deleted(person: Any, thing: Any) -> Reason | None:
    return _("This has been deleted.") if getattr(thing, "deleted_at", None) else None


def is_creator(person: Any, thing: Any) -> Reason | None:
    return None if getattr(thing, "creator_id", None) == person.pk else _("Only who wrote this may do that.")


def took_part(person: Any, thing: Any) -> Reason | None:
    return None if thing.took_part(person) else _("Only those who took part can confirm this record.")


def meets_them(person: Any, thing: Any) -> Reason | None:
    """`met` says whether the person is shown their name somewhere (pictures/queries.py)."""
    return None if thing.pk == person.pk or thing.met else _("Only who meets this person here sees their picture.")


def goal_is_not_frozen(person: Any, thing: Any) -> Reason | None:
    return _("This goal is frozen. Your supervisor can unfreeze it.") if thing.frozen_at else None


def is_creator_of_unfrozen_goal(person: Any, thing: Any) -> Reason | None:
    return is_creator(person, thing) or goal_is_not_frozen(person, thing)


def goal_is_frozen(person: Any, thing: Any) -> Reason | None:
    return None if thing.frozen_at else _("This goal is not frozen.")


def todo_is_open(person: Any, thing: Any) -> Reason | None:
    return None if thing.is_open else _("This to-do is already closed.")


def todo_is_closed(person: Any, thing: Any) -> Reason | None:
    return _("This to-do is open already.") if thing.is_open else None


def file_is_not_locked(person: Any, thing: Any) -> Reason | None:
    return _("A version of this file has been handed in and is kept as it is.") if thing.is_locked else None


def grade_is_recorded(person: Any, thing: Any) -> Reason | None:
    return None if thing.graded_at else _("Grade and reports can be read once the grade is recorded.")


def topic_is_open(person: Any, thing: Any) -> Reason | None:
    return None if thing.takes_interests else _("This topic takes no requests at the moment.")


def interest_is_pending(person: Any, thing: Any) -> Reason | None:
    return None if thing.is_pending else _("This request has been settled already.")
