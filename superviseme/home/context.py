"""The frame around every page: the menu of what the person may use, and the unread count."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from superviseme.notifications.inbox.queries import unread_count
from superviseme.policy.roles import Role


def frame(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"nav": [], "unread_count": 0, "doors": []}
    nav = menu(person.roles, request.path)
    return {"nav": nav, "unread_count": unread_count(person)}


def desk_address(roles: frozenset[Role]) -> str:
    """Where a person with these roles lands."""
    for role in (Role.ADMIN, Role.SUPERVISOR, Role.RESEARCHER, Role.STUDENT):
        if role in roles:
            return f"/{role.value}/dashboard"
    return "/profile"


def menu(roles: frozenset[Role], path: str) -> list[dict[str, Any]]:
    """Groups of entries: only what the roles may use, the present place marked."""
    groups = [_mine(roles)]
    if roles & {Role.SUPERVISOR}:
        groups.append(_supervision())
    if roles & {Role.RESEARCHER, Role.ADMIN}:
        groups.append(_group(_("Research"), ("/projects", _("Projects"), "flask")))
    if Role.STUDENT in roles:
        groups.append(_thesis())
    groups.append(_group(_("Catalogue"), ("/theses", _("Topics"), "books")))
    if Role.ADMIN in roles:
        groups.append(_administration())
    entries = [entry for group in groups for entry in group["entries"]]
    best = max((e["href"] for e in entries if _within(path, e["href"])), key=len, default="")
    for entry in entries:
        entry["active"] = entry["href"] == best
    return groups


def _mine(roles: frozenset[Role]) -> dict[str, Any]:
    entries = [
        (desk_address(roles), _("Desk"), "home"),
        ("/todos", _("To-dos"), "checkbox"),
        ("/meetings", _("Meetings"), "calendar-event"),
    ]
    if not roles & {Role.RESEARCHER, Role.ADMIN}:
        entries.append(("/projects", _("Projects"), "flask"))
    return _group(_("My work"), *entries)


def _supervision() -> dict[str, Any]:
    return _group(
        _("Supervision"),
        ("/supervisor/students", _("Students"), "users"),
        ("/supervisor/theses", _("Theses"), "school"),
        ("/supervisor/topics", _("My topics"), "bulb"),
        ("/supervisor/interests", _("Requests"), "inbox"),
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
        ("/admin/settings", _("Settings"), "settings"),
        ("/admin/outbox", _("Outbox"), "mail"),
        ("/admin/audit", _("Audit"), "list-search"),
    )


def _group(label: str, *entries: tuple[str, str, str]) -> dict[str, Any]:
    return {"label": label, "entries": [{"href": h, "label": w, "icon": i, "count": None} for h, w, i in entries]}


def _within(path: str, href: str) -> bool:
    return path == href or path.startswith(href + "/")
