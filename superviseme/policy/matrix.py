"""The law as a page: docs/permissions.md is made from RULES, so that it cannot say anything else."""

from .actions import Action
from .check import Rule
from .conditions import Condition
from .roles import Kind, Role, Seat
from .rules import RULES

SHORT = {Seat.AUTHOR: "au", Seat.SUPERVISOR: "su", Seat.COLLABORATOR: "co", Seat.EXAMINER: "ex"}
HEAD = """# Who may do what

Made from `superviseme/policy/rules.py` by `manage.py build_docs`; a test fails when it is stale.

Seats: **au** author (student of a thesis, lead of a project, publisher of a topic), **su** supervisor, **co** collaborator,
**ex** examiner. A word in brackets binds that seat more than the others. *Also*: people who qualify otherwise.
*Admin*: administrators may do it everywhere, while the same conditions hold.
A seat that supervises counts for more than reading only while its holder has the site role supervisor.

| action | thesis | project | topic | site roles | also | while | admin |
|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    return HEAD + "\n".join(_row(action, RULES[action]) for action in Action) + "\n"


def _row(action: Action, rule: Rule) -> str:
    cells = [f"`{action}`", *(_seats(rule, kind) for kind in Kind), _roles(rule), _words(rule.also), _words(rule.when)]
    return f"| {' | '.join(cells)} | {'yes' if rule.admin else 'no'} |"


def _seats(rule: Rule, kind: Kind) -> str:
    return ", ".join(_bound(rule, kind, seat) for seat in Seat if seat in rule.seats.get(kind, ())) or "–"


def _bound(rule: Rule, kind: Kind, seat: Seat) -> str:
    bound = rule.unless.get((kind, seat), ())
    return f"{SHORT[seat]} ({_words(bound)})" if bound else SHORT[seat]


def _roles(rule: Rule) -> str:
    return ", ".join(role.value for role in Role if role in rule.roles) or "–"


def _words(conditions: tuple[Condition, ...]) -> str:
    return ", ".join(_name(condition) for condition in conditions) or "–"


def _name(condition: Condition) -> str:
    return getattr(condition, "__name__", "condition").replace("_", " ")
