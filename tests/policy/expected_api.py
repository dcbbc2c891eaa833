"""Who gets through which door of /api/v1 with a token of their own, as in expected_routes.py.

A row: name of the address: {method: who}. Without a token everything is 401.
"""

from .expected_routes import MEMBERS, SEATS

LISTS = {
    f"api_{name}": {"GET": MEMBERS}
    for name in ("me", "people", "workspaces", "theses", "projects", "topics", "notices", "topic")
}
ONE = {
    "api_person": {"GET": "au su co ex ad"},  # who shares a workspace with the author
    "api_workspace": {"GET": SEATS},
    "api_thesis": {"GET": SEATS},
    "api_project": {"GET": "co re ad"},
}
WORK = {
    **{f"api_{noun}s": {"GET": SEATS} for noun in ("update", "todo", "milestone", "goal", "meeting", "file")},
    **{f"api_{noun}": {"GET": SEATS} for noun in ("update", "todo", "milestone", "goal", "meeting", "file")},
    "api_file_version": {"GET": SEATS},
}
API: dict[str, dict[str, str]] = {**LISTS, **ONE, **WORK}
