"""The frame around every page: the menu of what the person may use, and the unread count."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"nav": [], "unread_count": 0}
