"""Who gets through which door of /api/v1 with a token of their own, as in expected_routes.py: {name: {method: who}}.

What has a page is taken from the table of pages, since programs get exactly as far as their people. Without a token
everything is 401.
"""

from .expected_routes import MEMBERS, PRIVATE, PROJECT, SEATS, SPEAK, STEER, WORKSPACE

WITH_NUMBERS = ("todo", "milestone", "goal", "meeting", "file")
CLICKS = """
    update_tags update_deletion update_restoration comment_deletion comment_restoration
    todo_state todo_completion todo_reopening todo_cancellation todo_deletion todo_restoration
    milestone_completion milestone_reopening milestone_deletion milestone_restoration
    goal_freeze goal_unfreeze goal_deletion goal_restoration
    meeting_record meeting_confirmation meeting_cancellation meeting_reinstatement meeting_deletion meeting_restoration
    file_links file_versions file_deletion file_restoration
    workspace_freeze workspace_unfreeze thesis_state
""".split()


def noun(name: str) -> dict[str, dict[str, str]]:
    """A list one may add to, and one thing one may change."""
    add, edit = WORKSPACE[f"{name}s"][1], WORKSPACE[f"{name}_edit"][1]
    return {
        f"api_{name}s": {"GET": SEATS, "POST": str(add)},
        f"api_{name}": {"GET": SEATS, "PATCH": str(edit)},
    }


LISTS = {
    f"api_{name}": {"GET": MEMBERS} for name in ("me", "people", "workspaces", "theses", "topics", "notices", "topic")
}
API: dict[str, dict[str, str]] = {
    **LISTS,
    **{name: row for one in ("update", *WITH_NUMBERS) for name, row in noun(one).items()},
    **{f"api_{name}": {"POST": str(WORKSPACE[name][1])} for name in CLICKS},
    "api_comments": {"POST": SPEAK},
    "api_feedback": {"POST": str(WORKSPACE["update_feedback"][1])},
    "api_comment": {"PATCH": str(WORKSPACE["comment_edit"][1])},
    "api_file_version": {"GET": SEATS},
    "api_person": {"GET": "au su co ex ad"},  # who shares a workspace with the author
    "api_picture": {"GET": SEATS},
    "api_workspace": {"GET": SEATS, "PATCH": STEER},
    "api_thesis": {"GET": SEATS, "PATCH": STEER},
    "api_projects": {"GET": MEMBERS, "POST": "co re ad"},  # who may begin one
    "api_project": {"GET": "co re ad", "PATCH": str(PROJECT["project_edit"][1])},
    "api_project_state": {"POST": str(PROJECT["project_state"][1])},
    "api_notice": {"GET": "au"},
    "api_notice_reading": {"POST": str(PRIVATE["notice_reading"][1])},
    "api_notice_deletion": {"POST": str(PRIVATE["notice_deletion"][1])},
}
