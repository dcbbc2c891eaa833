"""Ask the law: `can` gives a verdict with a reason, `require` raises with the same reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .actions import Action
from .conditions import Condition, Reason, scope_of
from .labels import noun
from .roles import Kind, Role, Seat


@dataclass(frozen=True)
class Rule:
    """One sentence of the law: `seats` by kind, `also` further people who hold any seat, `unless` what binds
    one seat more than the others, `when` what must hold for everybody."""

    seats: Mapping[Kind, frozenset[Seat]] = field(default_factory=dict)
    roles: frozenset[Role] = frozenset()
    also: tuple[Condition, ...] = ()
    unless: Mapping[tuple[Kind, Seat], tuple[Condition, ...]] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    admin: bool = True
    reading: bool = False  # also for a supervisor whose role has been taken back


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    reason: Reason = ""

    def __bool__(self) -> bool:
        return self.allowed


class NotAllowed(PermissionDenied):
    """Refused by the law; the reason is for people to read and becomes the 403 page."""

    def __init__(self, reason: Reason):
        super().__init__(str(reason))
        self.reason = reason


YES = Verdict(True)


def can(person: Any, action: Action, thing: Any = None) -> Verdict:
    from .rules import RULES  # circular: the table is written in terms of Rule

    if not getattr(person, "is_authenticated", False):
        return Verdict(False, _("Sign in first."))
    if not person.is_active:
        return Verdict(False, _("This account is disabled."))
    rule = RULES[action]
    refusal = _who(person, rule, thing)
    if refusal:
        return Verdict(False, refusal)
    return _when(person, rule.when, thing)


def require(person: Any, action: Action, thing: Any = None) -> None:
    """Raise NotAllowed with the reason unless the law allows it."""
    verdict = can(person, action, thing)
    if not verdict:
        raise NotAllowed(verdict.reason)


def _who(person: Any, rule: Rule, thing: Any) -> Reason | None:
    roles = person.roles
    if rule.admin and Role.ADMIN in roles:
        return None
    if rule.roles & roles:
        return None
    if thing is None:
        return _needs(rule.roles, rule.admin, get_language())
    scope = scope_of(thing)
    seat = scope.seat_of(person) if hasattr(scope, "seat_of") else None
    if seat and not rule.reading and _is_asleep(seat, Kind(scope.policy_kind), roles):
        return _("Your role as a supervisor has been taken back. An administrator can give it again.")
    if seat and seat in rule.seats.get(Kind(scope.policy_kind), ()):
        return _first(rule.unless.get((Kind(scope.policy_kind), seat), ()), person, thing)
    if rule.also and (seat or getattr(scope, "policy_kind", Kind.TOPIC) == Kind.TOPIC):
        refusal = _first(rule.also, person, thing)
        if refusal is None:
            return None
    return _seat_refusal(rule, scope)


def _is_asleep(seat: Seat, kind: Kind, roles: frozenset[Role]) -> bool:
    """A seat that supervises counts only while its holder has the site role for it."""
    supervises = kind == Kind.TOPIC or (kind == Kind.THESIS and seat == Seat.SUPERVISOR)
    return supervises and Role.SUPERVISOR not in roles


def _when(person: Any, conditions: Iterable[Condition], thing: Any) -> Verdict:
    refusal = _first(conditions, person, thing)
    return Verdict(False, refusal) if refusal else YES


def _first(conditions: Iterable[Condition], person: Any, thing: Any) -> Reason | None:
    for condition in conditions:
        refusal = condition(person, thing)
        if refusal:
            return refusal
    return None


def _seat_refusal(rule: Rule, scope: Any) -> Reason:
    kind = getattr(scope, "policy_kind", None)
    seats = rule.seats.get(Kind(kind), frozenset()) if kind else frozenset()
    if not seats and rule.also:
        return _("Only who made this may do that.")
    if rule.roles or (rule.admin and not rule.seats):
        return _needs(rule.roles, rule.admin, get_language())
    return _is_for(seats, get_language()) if seats else _("You may not do this here.")


# A page asks some twenty times and shows few of the answers, so each sentence is made once a language.
@cache
def _needs(roles: frozenset[Role], admin: bool, language: str | None) -> str:
    wanted = [r for r in Role if r in roles or (admin and r is Role.ADMIN)]
    return _("This needs the role %(roles)s.") % {"roles": ", ".join(noun(r.label) for r in wanted)}


@cache
def _is_for(seats: frozenset[Seat], language: str | None) -> str:
    return _("This is for: %(seats)s.") % {"seats": ", ".join(noun(s.label) for s in Seat if s in seats)}
