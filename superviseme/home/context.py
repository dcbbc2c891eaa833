"""The frame around every page: the menu of what the person may use, and the unread count."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from superviseme.notifications.inbox.queries import unread_count
from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Role

DESKS = {
    Role.ADMIN: Action.DESK_ADMIN,
    Role.SUPERVISOR: Action.OWN_SUPERVISION_VIEW,
    Role.RESEARCHER: Action.DESK_RESEARCHER,
    Role.STUDENT: Action.OWN_STUDY_VIEW,
}

SEATS = "/seats"  # where those land to whom the law opens no desk

DOORS = (Action.PROJECT_CREATE, Action.OWN_SUPERVISION_VIEW, Action.OWN_STUDY_VIEW, Action.SITE_MANAGE)


def frame(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"nav": [], "unread_count": 0, "doors": []}
    nav = menu(person, request.path)
    return {"nav": nav, "unread_count": unread_count(person)}


def desks_of(person: Any) -> list[Role]:
    """The desks that the law opens to a person; the first is where they land."""
    return [desk for desk, action in DESKS.items() if can(person, action)]


def desk_address(person: Any) -> str:
    return next((f"/{desk.value}/dashboard" for desk in desks_of(person)), SEATS)


def menu(person: Any, path: str) -> list[dict[str, Any]]:
    """Groups of entries: only what the law opens to the person, the present place marked."""
    doors = frozenset(action for action in DOORS if can(person, action))
    known = _groups(doors, desk_address(person), get_language())
    groups = [{**group, "entries": [{**entry} for entry in group["entries"]]} for group in known]
    entries = [entry for group in groups for entry in group["entries"]]
    best = max((e["href"] for e in entries if _within(path, e["href"])), key=len, default="")
    for entry in entries:
        entry["active"] = entry["href"] == best
    return groups


@lru_cache(maxsize=200)
def _groups(doors: frozenset[Action], desk: str, language: str | None) -> list[dict[str, Any]]:
    """In the active language, which is `language`."""
    projects = ("/projects", _("Projects"), "flask")
    leads, manages = Action.PROJECT_CREATE in doors, Action.SITE_MANAGE in doors
    groups = [_mine(desk, *(() if leads else (projects,)))]
    if Action.OWN_SUPERVISION_VIEW in doors:
        groups.append(_supervision())
    if leads and not manages:  # they have every project below
        groups.append(_group(_("Research"), projects))
    if Action.OWN_STUDY_VIEW in doors:
        groups.append(_thesis())
    groups.append(_group(_("Catalogue"), ("/theses", _("Topics"), "books")))
    if manages:
        groups.append(_administration())
    return groups


def _mine(desk: str, *more: tuple[str, str, str]) -> dict[str, Any]:
    return _group(
        _("My work"),
        *(() if desk == SEATS else ((desk, _("Desk"), "home"),)),
        (SEATS, _("Taking part"), "users-group"),
        ("/todos", _("To-dos"), "checkbox"),
        ("/meetings", _("Meetings"), "calendar-event"),
        ("/publications", _("Publications"), "file-text"),
        *more,
    )


def _supervision() -> dict[str, Any]:
    return _group(
        _("Supervision"),
        ("/supervisor/students", _("Students"), "users"),
        ("/supervisor/theses", _("Theses"), "school"),
        ("/supervisor/topics", _("My topics"), "bulb"),
        ("/supervisor/interests", _("Requests"), "inbox"),
        ("/supervisor/reports", _("Reports"), "chart-bar"),
        ("/supervisor/weekly", _("Weekly report"), "report"),
    )


def _thesis() -> dict[str, Any]:
    return _group(
        _("My thesis"), ("/student/thesis", _("Thesis"), "school"), ("/student/interests", _("My requests"), "send")
    )


def _administration() -> dict[str, Any]:
    return _group(
        _("Administration"),
        ("/admin/users", _("People"), "users-group"),
        ("/admin/invitations", _("Invitations"), "mail-plus"),
        ("/admin/theses", _("Theses"), "school"),
        ("/admin/projects", _("Projects"), "flask"),
        ("/admin/reports", _("Reports"), "chart-bar"),
        ("/admin/settings", _("Settings"), "settings"),
        ("/admin/outbox", _("Outbox"), "mail"),
        ("/admin/telegram", _("Telegram"), "brand-telegram"),
        ("/admin/exports", _("Exports"), "download"),
        ("/admin/scheduler", _("Scheduler"), "clock"),
        ("/admin/weekly", _("Weekly report"), "report"),
        ("/admin/letters", _("Letters"), "mail-opened"),
        ("/admin/audit", _("Audit"), "list-search"),
        ("/admin/deleted", _("Deleted"), "trash"),
        ("/admin/backups", _("Backups"), "archive"),
    )


def _group(label: str, *entries: tuple[str, str, str]) -> dict[str, Any]:
    return {"label": label, "entries": [{"href": h, "label": w, "icon": i, "count": None} for h, w, i in entries]}


def _within(path: str, href: str) -> bool:
    return path == href or path.startswith(href + "/")
