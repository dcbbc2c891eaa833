"""docs/states.md, written from the table in states.py."""

from superviseme.policy.actions import Action
from superviseme.policy.roles import Kind, Seat
from superviseme.policy.rules import RULES

from .states import ENDED, MOVES, PATH, State, label_of


def states_markdown() -> str:
    """The page: a diagram, who may move what, and what a move does besides."""
    lines = [
        "# States of a thesis",
        "",
        "Generated from `superviseme/theses/states.py`; do not edit. A site may hide or rename states, not add any.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        *(f'    state "{label_of(state)}" as {state}' for state in State.values),
        "    [*] --> proposed",
        "    [*] --> accepted",
        *(f"    {move.source} --> {move.target}: {move.label}" for move in MOVES),
        *(f"    {state} --> [*]" for state in State.values if state in ENDED),
        "```",
        "",
        f"The straight way: {' → '.join(label_of(state) for state in PATH)}.",
        "",
        "| from | to | called | who |",
        "|---|---|---|---|",
        *(f"| {label_of(m.source)} | {label_of(m.target)} | {m.label} | {_who(m.action)} |" for m in MOVES),
        "",
        "Every move keeps who, when and why. “Submitted” is reached only by a hand-in: a file version and a signed",
        "declaration. Withdrawing frees the place of the topic; taking up again claims one or is refused.",
        "",
    ]
    return "\n".join(lines)


def _who(action: Action) -> str:
    rule = RULES[action]
    seats = [str(seat.label).lower() for seat in Seat if seat in rule.seats.get(Kind.THESIS, ())]
    return ", ".join(seats + (["administrator"] if rule.admin else []))
