from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

FIXED = _("The token stands in the environment (TELEGRAM_BOT_TOKEN), so it is changed there.")
NAMES = {"sealed_token": _("token"), "mode": _("way to reach us"), "kinds": _("kinds of news")}


def named(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed, for the sentence of the event."""
    return (
        {"names": ", ".join(str(NAMES[name]) for name in data["fields"] if name in NAMES)} if "fields" in data else {}
    )
