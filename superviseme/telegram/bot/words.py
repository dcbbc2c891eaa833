from django.utils.translation import gettext_lazy as _

FIXED = _("The token stands in the environment (TELEGRAM_BOT_TOKEN), so it is changed there.")
NAMES = {"sealed_token": _("token"), "mode": _("way to reach us"), "kinds": _("kinds of news")}
