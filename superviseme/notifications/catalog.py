"""Every event, who hears of it and how loudly. docs/notices.md is generated from this table.

`seats`: everybody with these seats in the workspace, but who did it. People named by the action (an assignee, an
applicant, whose text was answered) are told as well. `loud`: also by mail, unless its reader chose otherwise for the
category (categories.py). `says` completes "Alice …" in the reader's language; what the site itself tells may be a whole
sentence there, and `of_others` completes "The site …".
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from superviseme.policy.roles import Role, Seat

from .verbs import Verb

__all__ = ["CATALOG", "Entry", "Verb"]


@dataclass(frozen=True)
class Entry:
    says: str | Promise  # "%(title)s" is the thing
    seats: frozenset[Seat] = frozenset()
    loud: bool = False
    roles: frozenset[Role] = frozenset()  # everybody with these site roles
    of_others: str | Promise = ""  # where `says` speaks to the person it happened to: the same for everybody else


ALL = frozenset(Seat)
WORKING = frozenset({Seat.AUTHOR, Seat.SUPERVISOR, Seat.COLLABORATOR})
STUDENT_SIDE = frozenset({Seat.AUTHOR})
NOBODY: frozenset[Seat] = frozenset()
V = Verb

CATALOG: dict[Verb, Entry] = {
    V.UPDATE_POSTED: Entry(_("posted an update in %(workspace)s"), WORKING, loud=True),
    V.UPDATE_EDITED: Entry(_("edited an update in %(workspace)s")),
    V.UPDATE_DELETED: Entry(_("deleted an update in %(workspace)s")),
    V.UPDATE_RESTORED: Entry(_("restored an update in %(workspace)s")),
    V.UPDATE_TAGGED: Entry(_("tagged an update with «%(title)s»")),
    V.UPDATE_UNTAGGED: Entry(_("removed the tag «%(title)s»")),
    V.FEEDBACK_GIVEN: Entry(_("gave feedback in %(workspace)s"), WORKING, loud=True),
    V.MENTIONED: Entry(
        _("mentioned you in %(workspace)s"), loud=True, of_others=_("mentioned somebody in %(workspace)s")
    ),
    V.COMMENT_POSTED: Entry(_("commented in %(workspace)s"), WORKING, loud=True),
    V.COMMENT_EDITED: Entry(_("edited a comment in %(workspace)s")),
    V.COMMENT_DELETED: Entry(_("deleted a comment in %(workspace)s")),
    V.COMMENT_RESTORED: Entry(_("restored a comment in %(workspace)s")),
    V.TODO_ADDED: Entry(_("added the to-do «%(title)s»"), WORKING),
    V.TODO_ASSIGNED: Entry(
        _("assigned you the to-do «%(title)s»"), loud=True, of_others=_("assigned the to-do «%(title)s»")
    ),
    V.TODO_EDITED: Entry(_("edited the to-do «%(title)s»")),
    V.TODO_COMPLETED: Entry(_("completed the to-do «%(title)s»"), WORKING),
    V.TODO_REOPENED: Entry(_("reopened the to-do «%(title)s»"), WORKING),
    V.TODO_CANCELLED: Entry(_("cancelled the to-do «%(title)s»"), WORKING),
    V.TODO_DELETED: Entry(_("deleted the to-do «%(title)s»")),
    V.TODO_RESTORED: Entry(_("restored the to-do «%(title)s»")),
    V.TODO_DUE: Entry(
        _("Due soon: the to-do «%(title)s»"),
        loud=True,
        of_others=_("reminded of the to-do «%(title)s», which is due soon"),
    ),
    V.TODO_OVERDUE: Entry(
        _("Overdue: the to-do «%(title)s»"),
        loud=True,
        of_others=_("reminded of the to-do «%(title)s», which is overdue"),
    ),
    V.GOAL_ADDED: Entry(_("added the goal «%(title)s»"), WORKING),
    V.GOAL_EDITED: Entry(_("edited the goal «%(title)s»"), WORKING),
    V.GOAL_FROZEN: Entry(_("froze the goal «%(title)s»"), WORKING),
    V.GOAL_UNFROZEN: Entry(_("unfroze the goal «%(title)s»"), WORKING),
    V.GOAL_DELETED: Entry(_("deleted the goal «%(title)s»")),
    V.GOAL_RESTORED: Entry(_("restored the goal «%(title)s»")),
    V.MILESTONE_ADDED: Entry(_("added the milestone «%(title)s»"), WORKING),
    V.MILESTONE_EDITED: Entry(_("changed the milestone «%(title)s»"), WORKING),
    V.MILESTONE_REACHED: Entry(_("ticked the milestone «%(title)s»"), WORKING),
    V.MILESTONE_REOPENED: Entry(_("reopened the milestone «%(title)s»"), WORKING),
    V.MILESTONE_DELETED: Entry(_("deleted the milestone «%(title)s»")),
    V.MILESTONE_RESTORED: Entry(_("restored the milestone «%(title)s»")),
    V.MILESTONE_DUE: Entry(
        _("Due soon: the milestone «%(title)s»"),
        loud=True,
        of_others=_("reminded of the milestone «%(title)s», which is due soon"),
    ),
    V.MILESTONE_MISSED: Entry(
        _("Missed: the milestone «%(title)s»"),
        loud=True,
        of_others=_("told that the milestone «%(title)s» was missed"),
    ),
    V.MEETING_PLANNED: Entry(_("planned the meeting «%(title)s»"), loud=True),
    V.MEETING_CHANGED: Entry(_("changed the meeting «%(title)s»"), loud=True),
    V.MEETING_RECORDED: Entry(
        _("wrote the record of «%(title)s»; please confirm it"),
        loud=True,
        of_others=_("wrote the record of «%(title)s»"),
    ),
    V.MEETING_CONFIRMED: Entry(_("confirmed the record of «%(title)s»")),
    V.MEETING_CANCELLED: Entry(_("cancelled the meeting «%(title)s»"), loud=True),
    V.MEETING_DELETED: Entry(_("deleted the meeting «%(title)s»"), loud=True),
    V.MEETING_RESTORED: Entry(_("restored the meeting «%(title)s»"), loud=True),
    V.FILE_ADDED: Entry(_("added the file «%(title)s»"), WORKING),
    V.FILE_VERSION_ADDED: Entry(_("added a new version of «%(title)s»"), WORKING),
    V.FILE_EDITED: Entry(_("edited the file «%(title)s»")),
    V.FILE_DELETED: Entry(_("deleted the file «%(title)s»")),
    V.FILE_RESTORED: Entry(_("restored the file «%(title)s»")),
    V.WORKSPACE_CREATED: Entry(_("created «%(title)s»"), ALL),
    V.WORKSPACE_EDITED: Entry(_("edited the description of «%(title)s»")),
    V.WORKSPACE_FROZEN: Entry(_("froze «%(title)s»"), ALL, loud=True),
    V.WORKSPACE_UNFROZEN: Entry(_("unfroze «%(title)s»"), ALL, loud=True),
    V.WORKSPACE_DELETED: Entry(_("deleted «%(title)s»"), ALL, loud=True),
    V.WORKSPACE_RESTORED: Entry(_("restored «%(title)s»"), ALL, loud=True),
    V.WORKSPACE_PURGED: Entry(_("removed «%(title)s» for good")),
    V.THING_PURGED: Entry(_("removed «%(title)s» for good")),
    V.WORKSPACE_OVERSEEN: Entry(_("read «%(title)s» as an administrator")),
    V.PERSON_ADDED: Entry(_("added you to «%(title)s»"), loud=True, of_others=_("added somebody to «%(title)s»")),
    V.PERSON_REMOVED: Entry(
        _("removed you from «%(title)s»"), loud=True, of_others=_("removed somebody from «%(title)s»")
    ),
    V.PERSON_LABELLED: Entry(_("changed a label in «%(title)s»")),
    V.RHYTHM_AGREED: Entry(_("agreed on a rhythm of %(days)s days in «%(title)s»"), WORKING),
    V.ABSENCE_AGREED: Entry(_("agreed on an absence in «%(title)s», %(starts)s to %(ends)s"), WORKING),
    V.ABSENCE_DROPPED: Entry(_("took back an absence in «%(title)s», %(starts)s to %(ends)s"), WORKING),
    V.SILENCE_NOTICED: Entry(
        _(
            "Nothing was done in «%(title)s» since %(since)s, and %(days)s days are agreed. A line on how it goes is enough"
        ),
        loud=True,
        of_others=_("told who writes «%(title)s» that nothing was heard since %(since)s"),
    ),
    V.SILENCE_GOES_ON: Entry(
        _("Nothing was heard of «%(title)s» since %(since)s; agreed are %(days)s days"),
        loud=True,
        of_others=_("told who supervises «%(title)s» that nothing was heard since %(since)s"),
    ),
    V.STATE_MOVED: Entry(_("moved «%(title)s» to «%(state)s»"), ALL, loud=True),
    V.THESIS_SUBMITTED: Entry(_("handed in «%(title)s»"), ALL, loud=True),
    V.THESIS_DEFENCE_PLANNED: Entry(_("set the defence of «%(title)s»"), ALL, loud=True),
    V.THESIS_OUTCOME: Entry(_("changed the outcome of «%(title)s»"), ALL, loud=True),
    V.THESIS_EVALUATED: Entry(_("wrote a report on «%(title)s»"), frozenset({Seat.SUPERVISOR, Seat.EXAMINER})),
    V.THESIS_GRADED: Entry(_("recorded the grade of «%(title)s»"), ALL, loud=True),
    V.THESIS_ASSIGNED: Entry(_("assigned «%(title)s»"), ALL - STUDENT_SIDE, loud=True),  # the student by name
    V.THESIS_UNASSIGNED: Entry(_("withdrew the assignment of «%(title)s»"), ALL, loud=True),
    V.PROJECT_MOVED: Entry(_("moved «%(title)s» to «%(state)s»"), ALL, loud=True),
    V.TOPIC_CREATED: Entry(_("created the topic «%(title)s»")),
    V.TOPIC_EDITED: Entry(_("edited the topic «%(title)s»")),
    V.TOPIC_PUBLISHED: Entry(_("published the topic «%(title)s»")),
    V.TOPIC_CLOSED: Entry(_("closed the topic «%(title)s»")),
    V.TOPIC_DELETED: Entry(_("deleted the topic «%(title)s»")),
    V.TOPIC_RESTORED: Entry(_("restored the topic «%(title)s»")),
    V.INTEREST_EXPRESSED: Entry(_("would like to work on «%(title)s»"), loud=True),
    V.INTEREST_WITHDRAWN: Entry(_("withdrew the request for «%(title)s»"), loud=True),
    V.INTEREST_ACCEPTED: Entry(
        _("accepted your request for «%(title)s»"), loud=True, of_others=_("accepted a request for «%(title)s»")
    ),
    V.INTEREST_DECLINED: Entry(
        _("declined your request for «%(title)s»"), loud=True, of_others=_("declined a request for «%(title)s»")
    ),
    V.INTEREST_CLOSED: Entry(
        _("closed your request for «%(title)s». %(why)s"),
        loud=True,
        of_others=_("closed a request for «%(title)s». %(why)s"),
    ),
    V.SIGNED_IN: Entry(_("signed in")),
    V.SIGN_IN_FAILED: Entry(_("failed to sign in"), of_others=_("turned away somebody who tried to sign in")),
    V.SIGNED_OUT: Entry(_("signed out")),
    V.PASSWORD_CHANGED: Entry(_("changed the password")),
    V.PROFILE_EDITED: Entry(_("edited the own profile")),
    V.INVITED: Entry(_("sent an invitation")),
    V.INVITATION_WITHDRAWN: Entry(_("withdrew an invitation")),
    V.JOINED: Entry(_("joined"), roles=frozenset({Role.ADMIN})),
    V.SIGN_UP_WAITING: Entry(
        _("signed up with %(provider)s and waits for approval"), roles=frozenset({Role.ADMIN}), loud=True
    ),
    V.SIGN_UP_APPROVED: Entry(_("approved an account")),
    V.SIGN_UP_DECLINED: Entry(_("declined an account")),
    V.IDENTITY_CONNECTED: Entry(_("connected %(provider)s for signing in")),
    V.IDENTITY_DISCONNECTED: Entry(_("disconnected %(provider)s")),
    V.ACCESS_GIVEN: Entry(_("made an access token «%(title)s»")),
    V.ACCESS_REVOKED: Entry(_("ended the access token «%(title)s»")),
    V.TELEGRAM_CONNECTED: Entry(_("connected Telegram")),
    V.TELEGRAM_DISCONNECTED: Entry(_("disconnected Telegram")),
    V.TELEGRAM_LOST: Entry(
        _("Telegram is switched off: the chat does not take our messages any more. Connect it again in your profile"),
        loud=True,
        of_others=_("switched off Telegram, as the chat took no messages any more"),
    ),
    V.BOT_CHANGED: Entry(_("changed the Telegram bot: %(names)s")),
    V.CALENDAR_OPENED: Entry(_("made an address for the own calendar")),
    V.CALENDAR_CLOSED: Entry(_("closed the address of the own calendar")),
    V.WEBHOOK_OPENED: Entry(_("set up the own webhook")),
    V.WEBHOOK_CLOSED: Entry(_("removed the own webhook")),
    V.WEBHOOK_LOCKED: Entry(
        _("Your webhook at %(title)s is told nothing: its secret cannot be read any more. Give it a new one"),
        loud=True,
        of_others=_("could not read the secret of the webhook at %(title)s"),
    ),
    V.WEBHOOK_LOST: Entry(
        _("Your webhook at %(title)s was switched off: it took nothing any more"),
        loud=True,
        of_others=_("switched off the webhook at %(title)s, as it took nothing any more"),
    ),
    V.ACCOUNT_EDITED: Entry(_("edited an account")),
    V.ACCOUNT_DISABLED: Entry(_("disabled an account")),
    V.ACCOUNT_ENABLED: Entry(_("enabled an account")),
    V.PICTURE_REMOVED: Entry(
        _("removed your profile picture"), loud=True, of_others=_("removed somebody's profile picture")
    ),
    V.ACCOUNT_ERASED: Entry(_("made an account anonymous")),
    V.ROLE_GRANTED: Entry(_("gave you the role «%(role)s»"), loud=True, of_others=_("gave the role «%(role)s»")),
    V.ROLE_REVOKED: Entry(_("took back your role «%(role)s»"), loud=True, of_others=_("took back the role «%(role)s»")),
    V.BATCH_DONE: Entry(_("changed workspaces at once (%(n)s): %(word)s")),
    V.SUPERVISION_HANDED_OVER: Entry(
        _("handed over your theses and topics"), loud=True, of_others=_("handed over the theses and topics of somebody")
    ),
    V.SUPERVISION_TAKEN_OVER: Entry(
        _("handed over to you theses and topics of another supervisor"),
        loud=True,
        of_others=_("handed over to somebody theses and topics of another supervisor"),
    ),
    V.SETTINGS_CHANGED: Entry(_("changed the settings: %(names)s")),
    V.MAIL_TESTED: Entry(_("sent a test letter to the own address")),
    V.ORCID_LINKED: Entry(_("linked the own ORCID record")),
    V.ORCID_UNLINKED: Entry(_("unlinked the own ORCID record")),
    V.PUBLICATION_ADDED: Entry(_("added the publication «%(title)s»")),
    V.PUBLICATION_EDITED: Entry(_("edited the publication «%(title)s»")),
    V.PUBLICATION_DELETED: Entry(_("deleted the publication «%(title)s»")),
    V.PUBLICATION_RESTORED: Entry(_("restored the publication «%(title)s»")),
    V.PUBLICATIONS_IMPORTED: Entry(_("imported publications")),
    V.PUBLICATION_LINKED: Entry(_("showed the publication «%(title)s» in %(workspace)s"), WORKING),
    V.PUBLICATION_UNLINKED: Entry(_("took out the publication «%(title)s»")),
    V.MESSAGE_RETRIED: Entry(_("sent a failed message again")),
    V.OUTBOX_RESUMED: Entry(_("let go out what was held")),
    V.JOB_ASKED_FOR: Entry(_("had the job «%(title)s» run")),
    V.WEEKLY_SENT: Entry(_("sent the weekly report of %(week)s (letters: %(count)s)")),
    V.DATA_IMPORTED: Entry(_("imported data")),
    V.DATA_EXPORTED: Entry(_("exported data")),
    V.NOTICE_IMPORTED: Entry(
        _("in the previous system: «%(title)s»"), of_others=_("noted in the previous system: «%(title)s»")
    ),
}
