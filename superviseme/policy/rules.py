"""The table of the law: a row a sentence. docs/permissions.md is generated from it.

*action: these site roles or these seats (or who made it), while these conditions hold.*
Administrators pass the who wherever a supervisor (thesis) or lead (project) would, never the when;
they do not speak, confirm or grade for others (`admin=False`).
"""

from .actions import Action
from .check import Rule
from .conditions import (
    file_is_not_locked,
    goal_is_frozen,
    goal_is_not_frozen,
    grade_is_recorded,
    interest_is_pending,
    is_creator,
    is_creator_of_unfrozen_goal,
    is_deleted,
    meets_them,
    not_deleted,
    todo_is_closed,
    todo_is_open,
    took_part,
    topic_is_open,
    workspace_is_frozen,
    workspace_is_open,
)
from .roles import Kind, Role, Seat

AU, SU, CO, EX = Seat.AUTHOR, Seat.SUPERVISOR, Seat.COLLABORATOR, Seat.EXAMINER
T, P, O = Kind.THESIS, Kind.PROJECT, Kind.TOPIC

EVERY_SEAT = {T: frozenset({AU, SU, CO, EX}), P: frozenset({AU, SU, CO, EX})}
WRITERS = {T: frozenset({AU, SU, CO}), P: frozenset({AU, CO})}
STEERERS = {T: frozenset({SU}), P: frozenset({AU})}
FEEDBACK = {T: frozenset({SU}), P: frozenset({AU, CO})}
THESIS_SUPERVISORS = {T: frozenset({SU})}
OFFERERS = {O: frozenset({AU, SU})}  # of a topic: its publisher (author) and its supervisors

LIVE = (not_deleted, workspace_is_open)


def _delete() -> Rule:
    return Rule(seats=STEERERS, also=(is_creator,), when=LIVE)


def _restore() -> Rule:
    return Rule(seats=STEERERS, also=(is_creator,), when=(is_deleted, workspace_is_open))


RULES: dict[Action, Rule] = {
    Action.WORKSPACE_VIEW: Rule(seats=EVERY_SEAT, reading=True),
    Action.WORKSPACE_EDIT: Rule(seats=STEERERS, when=LIVE),
    Action.WORKSPACE_FREEZE: Rule(seats=STEERERS, when=LIVE),
    Action.WORKSPACE_UNFREEZE: Rule(seats=STEERERS, when=(not_deleted, workspace_is_frozen)),
    Action.WORKSPACE_DELETE: Rule(seats=STEERERS, when=(not_deleted,)),
    Action.WORKSPACE_RESTORE: Rule(seats=STEERERS, when=(is_deleted,)),
    Action.PEOPLE_MANAGE: Rule(seats=STEERERS, when=LIVE),
    Action.HISTORY_VIEW: Rule(seats=EVERY_SEAT, reading=True),
    #
    Action.UPDATE_POST: Rule(seats=WRITERS, when=LIVE, admin=False),
    Action.UPDATE_EDIT: Rule(also=(is_creator,), when=LIVE, admin=False),
    Action.UPDATE_DELETE: _delete(),
    Action.UPDATE_RESTORE: _restore(),
    Action.UPDATE_TAG: Rule(seats=WRITERS, when=LIVE),
    Action.COMMENT_POST: Rule(seats=WRITERS, when=LIVE, admin=False),
    Action.COMMENT_EDIT: Rule(also=(is_creator,), when=LIVE, admin=False),
    Action.COMMENT_DELETE: _delete(),
    Action.COMMENT_RESTORE: _restore(),
    Action.FEEDBACK_GIVE: Rule(seats=FEEDBACK, when=LIVE, admin=False),
    #
    Action.TODO_ADD: Rule(seats=WRITERS, when=LIVE),
    Action.TODO_EDIT: Rule(seats=WRITERS, when=LIVE),
    Action.TODO_COMPLETE: Rule(seats=WRITERS, when=(*LIVE, todo_is_open)),
    Action.TODO_REOPEN: Rule(seats=WRITERS, when=(*LIVE, todo_is_closed)),
    Action.TODO_CANCEL: Rule(seats=WRITERS, when=(*LIVE, todo_is_open)),
    Action.TODO_DELETE: _delete(),
    Action.TODO_RESTORE: _restore(),
    #
    Action.GOAL_ADD: Rule(seats=WRITERS, when=LIVE),
    Action.GOAL_EDIT: Rule(
        seats=WRITERS,
        unless={(T, AU): (goal_is_not_frozen,), (T, CO): (goal_is_not_frozen,), (P, CO): (goal_is_not_frozen,)},
        when=LIVE,
    ),
    Action.GOAL_FREEZE: Rule(seats=STEERERS, when=(*LIVE, goal_is_not_frozen)),
    Action.GOAL_UNFREEZE: Rule(seats=STEERERS, when=(*LIVE, goal_is_frozen)),
    Action.GOAL_DELETE: Rule(seats=STEERERS, also=(is_creator_of_unfrozen_goal,), when=LIVE),
    Action.GOAL_RESTORE: _restore(),
    #
    Action.MILESTONE_ADD: Rule(seats=WRITERS, when=LIVE),
    Action.MILESTONE_EDIT: Rule(seats=WRITERS, when=LIVE),
    Action.MILESTONE_TICK: Rule(seats=WRITERS, when=LIVE),
    Action.MILESTONE_DELETE: _delete(),
    Action.MILESTONE_RESTORE: _restore(),
    #
    Action.MEETING_ADD: Rule(seats=WRITERS, when=LIVE),
    Action.MEETING_EDIT: Rule(seats=WRITERS, when=LIVE),
    Action.MEETING_CONFIRM: Rule(also=(took_part,), when=LIVE, admin=False),
    Action.MEETING_DELETE: _delete(),
    Action.MEETING_RESTORE: _restore(),
    #
    Action.FILE_ADD: Rule(seats=WRITERS, when=LIVE),
    Action.FILE_EDIT: Rule(seats=WRITERS, when=LIVE),
    Action.FILE_DOWNLOAD: Rule(seats=EVERY_SEAT, reading=True),
    Action.FILE_DELETE: Rule(seats=STEERERS, also=(is_creator,), when=(*LIVE, file_is_not_locked)),
    Action.FILE_RESTORE: _restore(),
    #
    Action.RHYTHM_AGREE: Rule(seats=THESIS_SUPERVISORS, when=LIVE),
    #
    Action.STATE_MOVE: Rule(seats=THESIS_SUPERVISORS, when=LIVE),
    Action.THESIS_SUBMIT: Rule(seats={T: frozenset({AU})}, when=LIVE, admin=False),
    Action.THESIS_OUTCOME: Rule(seats={T: frozenset({SU, EX})}, when=LIVE),
    Action.THESIS_GRADE: Rule(seats={T: frozenset({SU, EX})}, when=LIVE, admin=False),
    Action.THESIS_RESULTS: Rule(  # grade and reports are read by who judges, by the others once the grade is recorded
        seats={T: EVERY_SEAT[T]}, unless={(T, AU): (grade_is_recorded,), (T, CO): (grade_is_recorded,)}, reading=True
    ),
    Action.THESIS_ASSIGN: Rule(seats={**THESIS_SUPERVISORS, **OFFERERS}, when=LIVE),
    Action.THESIS_CREATE: Rule(roles=frozenset({Role.SUPERVISOR})),
    Action.PROJECT_CREATE: Rule(roles=frozenset({Role.RESEARCHER})),
    Action.PROJECT_MOVE: Rule(seats={P: frozenset({AU})}, when=LIVE),
    #
    Action.TOPIC_CREATE: Rule(roles=frozenset({Role.SUPERVISOR})),
    Action.TOPIC_VIEW: Rule(seats=OFFERERS, reading=True),
    Action.TOPIC_EDIT: Rule(seats=OFFERERS, when=(not_deleted,)),
    Action.TOPIC_DELETE: Rule(seats=OFFERERS, when=(not_deleted,)),
    Action.TOPIC_RESTORE: Rule(seats=OFFERERS, when=(is_deleted,)),
    Action.INTEREST_EXPRESS: Rule(roles=frozenset({Role.STUDENT}), when=(topic_is_open,), admin=False),
    Action.INTEREST_WITHDRAW: Rule(also=(is_creator,), when=(interest_is_pending,), admin=False),
    Action.INTEREST_HANDLE: Rule(seats=OFFERERS, when=(interest_is_pending,)),
    #
    # The own list is its owner's alone; what is shown in a workspace can be taken out by who steers it.
    Action.PUBLICATION_EDIT: Rule(also=(is_creator,), when=(not_deleted,), admin=False),
    Action.PUBLICATION_DELETE: Rule(also=(is_creator,), when=(not_deleted,), admin=False),
    Action.PUBLICATION_RESTORE: Rule(also=(is_creator,), when=(is_deleted,), admin=False),
    Action.PUBLICATION_LINK: Rule(seats=WRITERS, when=LIVE, admin=False),
    Action.PUBLICATION_UNLINK: Rule(seats=STEERERS, also=(is_creator,), when=LIVE),
    #
    Action.PICTURE_VIEW: Rule(also=(meets_them,)),  # of a person: whoever is shown their name
    #
    Action.STUDENT_INVITE: Rule(roles=frozenset({Role.SUPERVISOR})),
    Action.PERSON_INVITE: Rule(),
    Action.PERSON_MANAGE: Rule(),
    Action.GRANT_MANAGE: Rule(),
    Action.SITE_MANAGE: Rule(),
    Action.PURGE: Rule(when=(is_deleted,)),
    Action.AUDIT_VIEW: Rule(),
    # The desks are for the role alone: an administrator has another.
    Action.OWN_SUPERVISION_VIEW: Rule(roles=frozenset({Role.SUPERVISOR}), admin=False),
    Action.DESK_ADMIN: Rule(),
    Action.DESK_RESEARCHER: Rule(roles=frozenset({Role.RESEARCHER}), admin=False),
    Action.OWN_STUDY_VIEW: Rule(roles=frozenset({Role.STUDENT}), admin=False),
}
