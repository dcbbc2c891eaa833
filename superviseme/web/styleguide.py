"""Every component in all its states, to look at while building. Development only."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from .access import anyone
from .forms import Day, Line, Markdown
from .time import now, today

LONG_GERMAN = "Literaturverwaltungs- und Forschungsdatenmanagementanforderungen für interdisziplinäre Abschlussarbeiten"
LONG_ITALIAN = "Sull’interpretabilità dei modelli di apprendimento automatico per la precisa individuazione di anomalie nelle reti elettriche"
LEVELS = [("bachelor", "Bachelor"), ("master", "Master"), ("doctoral", "Doctorate")]
PLACES = ("components", "forms", "workspace", "desk", "error")


class Example(forms.Form):
    title = Line(label="Title", help_text="One line, as it should stand on the cover.")
    level = forms.ChoiceField(label="Level", choices=LEVELS)
    due = Day(label="Due day", required=False)
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    text = Markdown(label="What happened since the last update?", required=False)
    kind = forms.ChoiceField(
        label="Kind",
        widget=forms.RadioSelect,
        choices=[("progress", "Progress"), ("question", "Question"), ("problem", "Problem")],
        initial="progress",
    )
    file = forms.FileField(label="File", required=False)
    agree = forms.BooleanField(
        label="I have read the declaration and sign it", help_text="Your name and the time are kept with the file."
    )


@anyone("GET", reason="shows components without any data of people; answers 404 outside development")
def styleguide(request: HttpRequest, place: str = "components") -> HttpResponse:
    if not shown() or place not in PLACES:
        raise Http404
    return render(request, f"web/styleguide_{place}.html", {"place": place, "sample": _frame(), **_content(place)})


def shown() -> bool:
    return settings.DEBUG


def _frame() -> dict[str, Any]:
    """A signed-in person's frame, whoever looks; pages of the guide set it, because context processors win over views."""
    person = SimpleNamespace(full_name="Bob Brentano", email="bob@example.org", is_authenticated=True, picture_url="")
    mine = [
        {"label": "Desk", "href": "/styleguide/desk", "icon": "home", "active": False, "count": 3},
        {"label": "To-dos", "href": "#", "icon": "checkbox", "active": False, "count": 12},
        {"label": "Meetings", "href": "#", "icon": "calendar-event", "active": False, "count": 0},
    ]
    supervision = [
        {"label": "Students", "href": "#", "icon": "users", "active": False, "count": 0},
        {"label": "Theses", "href": "/styleguide/workspace", "icon": "school", "active": False, "count": 0},
        {"label": "Literaturverwaltungsanforderungen", "href": "#", "icon": "books", "active": False, "count": 0},
    ]
    guide = [
        {
            "label": place.capitalize(),
            "href": f"/styleguide/{place}",
            "icon": "layout-list",
            "active": False,
            "count": 0,
        }
        for place in PLACES
    ]
    groups = [("My work", mine), ("Supervision", supervision), ("Style guide", guide)]
    return {
        "user": person,
        "unread_count": 7,
        "nav": [{"label": label, "entries": entries} for label, entries in groups],
    }


def _content(place: str) -> dict[str, Any]:
    wrong = Example({"title": "", "level": "none", "email": "not an address", "due": "0000-00-00"})
    return {
        "today_": today(),
        "now_": now(),
        "day": dt.timedelta(days=1),
        "long_german": LONG_GERMAN,
        "long_italian": LONG_ITALIAN,
        "free": Example(auto_id="free_%s", initial={"title": LONG_GERMAN}),
        "wrong": wrong,
        "refused": SimpleNamespace(allowed=False, reason="This workspace is frozen. A supervisor can unfreeze it."),
        "allowed": SimpleNamespace(allowed=True, reason=""),
        "people": [{"name": name, "label": label} for name, label in _PEOPLE],
        "weeks": [{"label": f"week {n + 30}", "count": n * 7 % 6} for n in range(12)],
        "silent": [{"label": f"week {n + 30}", "count": 3 if n < 5 else 0} for n in range(12)],
        "picture": _PICTURE,
        **(_workspace() if place == "workspace" else {}),
    }


_PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect width='8' height='8' fill='%239bc'/%3E"
    "%3Ccircle cx='4' cy='3' r='1.6' fill='%23245'/%3E%3Cpath d='M1 8a3 3 0 0 1 6 0z' fill='%23245'/%3E%3C/svg%3E"
)
_PEOPLE = [
    ("Alice Aldini", "author"),
    ("Bob Brentano", "supervisor"),
    ("Carol Castellani", "second supervisor"),
    ("Eve Engelhardt", "examiner"),
    ("Maximiliane von Hohenstein-Liebknecht", "advisor"),
    ("Ada", "advisor"),
    ("Mallory", "reader"),
]
_STATES = ["Proposed", "Accepted", "In progress", "Writing", "In review", "Submitted", "Defended", "Completed"]
_TABS = {
    "Overview": 0,
    "Updates": 14,
    "To-dos": 6,
    "Goals": 4,
    "Milestones": 5,
    "Meetings": 3,
    "Files": 9,
    "People": 0,
    "History": 0,
}


def _workspace() -> dict[str, Any]:
    tabs = [{"label": name, "href": "#", "count": count, "active": name == "Updates"} for name, count in _TABS.items()]
    head = {
        "title": LONG_ITALIAN,
        "kind": "Master’s thesis",
        "overline_href": "/theses",
        "people": [{"name": name, "label": label} for name, label in _PEOPLE],
        "people_href": "#",
        "state_badge": ("writing", "Writing"),
        "steps": [_step(n, name) for n, name in enumerate(_STATES)],
        "next_deadline": {"label": "First full draft", "when": today() + dt.timedelta(days=4), "href": "#"},
        "frozen": {"by": "Bob Brentano", "when": now(), "reason": "", "unfreeze_url": "#", "allowed": None},
        "facts": [],
    }
    return {"head": head, "tabs": tabs}


def _step(n: int, name: str) -> dict[str, Any]:
    """The fourth state is the present one."""
    state = "done" if n < 3 else "current" if n == 3 else "todo"
    return {"label": name, "when": today() - dt.timedelta(days=140 - 30 * n) if n <= 3 else None, "state": state}
