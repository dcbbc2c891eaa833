"""The pages of docs/ that are made from tables of the code, and .env.example: written by `manage.py build_docs`."""

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from superviseme.notifications.catalog import CATALOG, Entry, Verb
from superviseme.notifications.categories import CATEGORIES
from superviseme.policy import matrix
from superviseme.policy.roles import Role, Seat
from superviseme.theses.states import MOVES, State

from .clock import GRACE, JOBS, Job

OPEN_ID = """
Any OpenID Connect provider besides is switched on by three names, with a word of capitals and digits in the middle that
is also shown to people (`OIDC_CAMPUS_…` is «Campus»): `OIDC_<NAME>_ISSUER` (https, as the provider calls itself),
`OIDC_<NAME>_CLIENT_ID` and `OIDC_<NAME>_CLIENT_SECRET` 🔑. Tell the provider to send people back to
`BASE_URL/login/providers/<name>/callback` (`google`, `orcid`, or the name in lower case).
"""


def pages() -> dict[str, str]:
    """Path in the project -> what stands there."""
    with translation.override("en"):
        return {
            "docs/permissions.md": matrix.page(),
            "docs/notices.md": notices(),
            "docs/states.md": states(),
            "docs/clock.md": clock(),
            "docs/configuration.md": configuration(),
            ".env.example": env_example(),
        }


def _made_from(where: str) -> str:
    return f"Made from `superviseme/{where}` by `manage.py build_docs`; a test fails when it is stale."


def _table(head: str, rows: Iterable[Iterable[str]]) -> str:
    columns = head.split("|")
    lines = [f"| {' | '.join(c.strip() for c in columns)} |", "|---" * len(columns) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


def notices() -> str:
    rows = ([f"`{verb}`", _says(CATALOG[verb]), _told(CATALOG[verb]), _loudness(CATALOG[verb])] for verb in Verb)
    kinds = (
        [f"`{c}`", str(k.label), str(k.about), ", ".join(f"`{v}`" for v in k.verbs)] for c, k in CATEGORIES.items()
    )
    return (
        f"# Who hears of what\n\n{_made_from('notifications/catalog.py')}\n\n"
        "Everything is kept as an event. Whoever did it is not told. *Named*: only people the action names, such as an\n"
        "assignee, an applicant or the author of what was answered; they are told in the other rows as well.\n\n"
        "*Loud* is what goes by mail unless its reader chose otherwise on\n"
        "`/profile/notices`: per category and way never, what is loud at once, everything at once, or everything once a\n"
        "day. [telling.md](telling.md) says how that works.\n\n"
        + _table("event | what is said (of «Alice …») | told in the app | loud", rows)
        + "\n## Categories\n\nA whole verb stands before its noun.\n\n"
        + _table("category | called | about | verbs", kinds)
    )


def _says(entry: Entry) -> str:
    return re.sub(r"%\((\w+)\)s", r"{\1}", str(entry.says)).replace("|", "/")


def _told(entry: Entry) -> str:
    seats = "every seat" if entry.seats == frozenset(Seat) else ", ".join(s.value for s in Seat if s in entry.seats)
    roles = ", ".join(f"all with the role {r.value}" for r in Role if r in entry.roles)
    return ", ".join(part for part in (seats, roles) if part) or ("named" if entry.loud else "nobody unless named")


def _loudness(entry: Entry) -> str:
    return "yes" if entry.loud else "no"


def states() -> str:
    arrows = "\n".join(
        f"    {m.source} --> {m.target}: {m.label}" for m in MOVES if State.SUSPENDED not in (m.source, m.target)
    )
    rows = ([str(m.source.label), str(m.target.label), str(m.label), f"`{m.action}`"] for m in MOVES)
    return (
        f"# How a thesis lives\n\n{_made_from('theses/states.py')} Who may move it is said by `permissions.md` for the action.\n\n"
        f"```mermaid\nstateDiagram-v2\n    [*] --> {State.PROPOSED}\n{arrows}\n    {State.COMPLETED} --> [*]\n```\n\n"
        "Suspending is possible while it is being worked on and leads back to any of those states; it is left out of the picture.\n\n"
        + _table("from | to | called | action", rows)
    )


def clock() -> str:
    rows = ([f"`{job.name}`", _when(job), str(job.about)] for job in JOBS)
    hours = int(GRACE.total_seconds() // 3600)
    return (
        f"# What runs by itself\n\n{_made_from('ops/clock.py')}\n\n"
        "One scheduler does it, whoever holds the lease. Times are cron expressions in the site's zone (`SITE_TIME_ZONE`);\n"
        f"each runs once, also when it is up to {hours} hours late. `manage.py run_due --at 2026-12-07T09:00` shows on a\n"
        "demonstration site what would be done then.\n\n" + _table("job | when | what", rows)
    )


def _when(job: Job) -> str:
    usual = f"`{job.when}`" if job.when else "all the time"
    return f"{usual}, or as set under `/admin/settings`" if job.chosen else usual


def configuration() -> str:
    parts = [
        f"# Configuration\n\n{_made_from('config/names.py')}\n\n"
        "Everything comes from the environment, or from a file `.env` in the project folder (the environment wins; a name\n"
        "there that nothing reads is an error). A secret (🔑) may be given as `NAME_FILE`, the path of a file that holds it.\n"
        "An empty value counts as unset. *Later*: read by a part that does not exist yet.\n"
    ]
    for title, names in settings.ENV.groups.items():
        rows = (
            [f"`{n.name}`{' 🔑' if n.secret else ''}", _default(n), n.about + (" *(later)*" if n.later else "")]
            for n in names
        )
        parts.append(f"\n## {title}\n\n" + _table("name | default | what", rows))
        if title.startswith("Sign-in elsewhere"):
            parts.append(OPEN_ID)
    old = ([f"`{name}`", advice] for name, advice in settings.ENV.old.items())
    parts.append(
        "\n## Names of the predecessor\n\nMapped or passed over, with a warning.\n\n" + _table("name | today", old)
    )
    return "".join(parts)


def _default(name: Any) -> str:
    if name.shown:
        return name.shown
    if name.kind is bool:
        return f"`{str(name.default).lower()}`"
    return f"`{name.default}`" if name.default not in ("", (), None) else "–"


def env_example() -> str:
    lines = [
        "# Copy to .env and fill in what you need; docs/configuration.md says more. Made by `manage.py build_docs`."
    ]
    for title, names in settings.ENV.groups.items():
        lines += ["", f"# --- {title} ---"]
        for name in names:
            lines += [f"# {name.about}{' (' + name.shown + ')' if name.shown else ''}", f"#{name.name}={_sample(name)}"]
    return "\n".join(lines) + "\n"


def _sample(name: Any) -> str:
    if name.secret or name.default in ("", (), None):
        return ""
    return str(name.default).lower() if name.kind is bool else str(name.default)
