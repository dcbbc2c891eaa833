"""Who gets through which door, written from the contract; `test_routes.py` walks every address against it.

A row: route name: (who may GET, who may POST); None where the method is not there. People: vi visitor · au student who
writes the thesis · os another student · su supervisor of it · ot another supervisor · co collaborator (a researcher)
· ex examiner · re a researcher outside (who leads the project) · ad administrator · di a supervisor whose account is
disabled. What they cannot see is 404 to them, what they may not do 403.
"""

ANYONE = "vi au os su ot co ex re ad di"
MEMBERS = "au os su ot co ex re ad"  # signed in
SEATS = "au su co ex ad"
WORK = "au su co ad"
SPEAK = "au su co"
STEER = "su ad"
MADE = "au su ad"  # made by au; su and ad may as well
ADMIN = "ad"
SUPERVISORS = "su ot ex ad"
OWN_SUPERVISION = "su ot ex"
STUDENTS = "au os"
OFFER = "su ad"  # of the topic
NOBODY = ""  # the thing is not in the state for it: refused with the reason

PUBLIC = {
    "account_login": (ANYONE, ANYONE),
    "account_logout": (None, ANYONE),
    "account_reset_password": (ANYONE, ANYONE),
    "account_reset_password_done": (ANYONE, None),
    "account_reset_password_from_key": (ANYONE, ANYONE),
    "front": (ANYONE, None),
    "search": (ANYONE, None),
    "catalogue": (ANYONE, None),
    "topic": (ANYONE, None),
    "health": (ANYONE, None),
    "health_live": (ANYONE, None),
    "health_ready": (ANYONE, None),
    "robots": (ANYONE, None),
    "favicon": (ANYONE, None),
    "security_txt": (ANYONE, None),
    "theme": (None, ANYONE),
}
GONE = {
    "admin_nowhere",
    "invitation",
    "profile_email_confirmation",
    "styleguide",
    "styleguide_place",
}  # a wrong key, nothing there (test_admin_addresses.py), or development only
OWN = {
    "account_change_password": (MEMBERS, MEMBERS),
    "profile": (MEMBERS, MEMBERS),
    "profile_theme": (None, MEMBERS),
    "profile_email": (MEMBERS, MEMBERS),
    "profile_sessions": (None, MEMBERS),
    "notices": (MEMBERS, None),
    "notices_reading": (None, MEMBERS),
    "notices_deletion": (None, MEMBERS),
    "markdown_preview": (None, MEMBERS),
    "my_todos": (MEMBERS, None),
    "my_meetings": (MEMBERS, None),
    "projects": (MEMBERS, None),
}
ROLES = {
    "admin_desk": (ADMIN, None),
    "supervisor_desk": (OWN_SUPERVISION, None),
    "researcher_desk": ("co re", None),
    "researcher_projects": ("co re", None),
    "researchers_supervision": (OWN_SUPERVISION, None),
    "student_desk": (STUDENTS, None),
    "own_thesis": (STUDENTS, None),
    "interests": (STUDENTS, None),
    "invitations": (ADMIN, None),
    "invite": (ADMIN, ADMIN),
    "invite_students": (SUPERVISORS, SUPERVISORS),
    "users": (ADMIN, None),
    "user": (ADMIN, ADMIN),
    "user_disablement": (None, ADMIN),
    "user_enablement": (None, ADMIN),
    "user_approval": (None, ADMIN),
    "user_password_link": (None, ADMIN),
    "user_erasure": (ADMIN, ADMIN),
    "user_grants": (None, ADMIN),
    "user_grant_revocation": (None, ADMIN),
    "project_new": ("co re ad", "co re ad"),
    "topics": (SUPERVISORS, None),
    "topic_new": (SUPERVISORS, SUPERVISORS),
    "requests": (SUPERVISORS, None),
    "thesis_new": (SUPERVISORS, SUPERVISORS),
    "supervised_theses": (OWN_SUPERVISION, None),
    "students": (OWN_SUPERVISION, None),
    "all_theses": (ADMIN, None),
    "all_projects": (ADMIN, None),
    "outbox": (ADMIN, None),
    "letter": (ADMIN, None),
    "letter_html": (ADMIN, None),
    "letter_retry": (None, ADMIN),
    "audit": (ADMIN, None),
    "audit_export": (None, ADMIN),
}
TOPIC = {  # an open topic of su with a pending request of os: everybody sees it
    "topic_edit": (OFFER, OFFER),
    "topic_publication": (None, OFFER),
    "topic_closure": (None, OFFER),
    "topic_reopening": (None, OFFER),
    "topic_deletion": (None, OFFER),
    "topic_interest": (MEMBERS, STUDENTS),
    "topic_assignment": (None, OFFER),
}
INTEREST = {  # handled by those who offer the topic
    "topic_restoration": (None, NOBODY),
    "interest_acceptance": (None, OFFER),
    "interest_refusal": (None, OFFER),
}
WORKSPACE = {
    "workspace": (SEATS, None),
    "workspace_edit": (STEER, STEER),
    "workspace_freeze": (None, STEER),
    "workspace_unfreeze": (None, NOBODY),
    "workspace_deletion": (None, STEER),
    "workspace_restoration": (None, NOBODY),
    "updates": (SEATS, SPEAK),
    "update": (SEATS, None),
    "update_edit": ("au", "au"),
    "update_deletion": (None, MADE),
    "update_restoration": (None, NOBODY),
    "update_tags": (None, WORK),
    "update_tag_deletion": (None, WORK),
    "update_comments": (None, SPEAK),
    "update_feedback": (None, "su"),
    "comment_edit": ("au", "au"),
    "comment_deletion": (None, MADE),
    "comment_restoration": (None, NOBODY),
    "todos": (SEATS, WORK),
    "todo_completion_list": (SEATS, None),
    "todo": (SEATS, None),
    "todo_edit": (WORK, WORK),
    "todo_completion": (None, WORK),
    "todo_reopening": (None, WORK),
    "todo_cancellation": (None, WORK),
    "todo_state": (None, WORK),
    "todo_deletion": (None, MADE),
    "todo_restoration": (None, NOBODY),
    "goals": (SEATS, WORK),
    "goal": (SEATS, None),
    "goal_edit": (WORK, WORK),
    "goal_freeze": (None, STEER),
    "goal_unfreeze": (None, STEER),
    "goal_deletion": (None, MADE),
    "goal_restoration": (None, NOBODY),
    "milestones": (SEATS, WORK),
    "milestone": (SEATS, None),
    "milestone_edit": (WORK, WORK),
    "milestone_completion": (None, WORK),
    "milestone_reopening": (None, WORK),
    "milestone_deletion": (None, MADE),
    "milestone_restoration": (None, NOBODY),
    "meetings": (SEATS, WORK),
    "meeting_new": (WORK, None),
    "meeting": (SEATS, None),
    "meeting_calendar": (SEATS, None),
    "meeting_edit": (WORK, WORK),
    "meeting_record": (WORK, WORK),
    "meeting_confirmation": (None, "au su"),
    "meeting_cancellation": (None, WORK),
    "meeting_reinstatement": (None, WORK),
    "meeting_deletion": (None, MADE),
    "meeting_restoration": (None, NOBODY),
    "files": (SEATS, WORK),
    "file_links": (WORK, WORK),
    "file": (SEATS, None),
    "file_edit": (WORK, WORK),
    "file_versions": (None, WORK),
    "file_version": (SEATS, None),
    "file_preview": (SEATS, None),
    "file_deletion": (None, MADE),
    "file_restoration": (None, NOBODY),
    "people": (SEATS, STEER),
    "person_label": (None, STEER),
    "person_removal": (None, STEER),
    "history": (SEATS, None),
    "thesis_unassignment": (None, STEER),
    "thesis_state": (SEATS, STEER),
    "thesis_facts": (STEER, STEER),
    "hand_in": (SEATS, "au"),
    "thesis_defence": (None, STEER),
    "thesis_outcome": (None, "su ex ad"),
    "thesis_evaluation": (None, "su ex"),
    "thesis_grade": (None, "su ex"),
}
PROJECT = {"project_edit": ("re ad", "re ad"), "project_state": (None, "re ad")}
PRIVATE = {  # another's: 404 but for the one
    "interest_withdrawal": (None, "os"),
    "notice_reading": (None, "au"),
    "notice_deletion": (None, "au"),
    "invitation_resending": (None, "su ad"),
    "invitation_withdrawal": (None, "su ad"),
}
