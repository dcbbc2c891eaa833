"""The doors. Who knows this file knows every address; each room keeps its own below."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from superviseme.accounts import urls as accounts
from superviseme.activity import urls as activity
from superviseme.api import urls as api
from superviseme.home import urls as home
from superviseme.notifications.inbox import urls as inbox
from superviseme.notifications.preferences import urls as preferences
from superviseme.ops import doors as ops
from superviseme.ops.audit import urls as audit
from superviseme.ops.backup import urls as backup
from superviseme.ops.bulk import urls as bulk
from superviseme.ops.exports import urls as exports
from superviseme.ops.letters import urls as letters
from superviseme.ops.mailbox import urls as mailbox
from superviseme.ops.purge import urls as purge
from superviseme.ops.scheduler import urls as scheduler
from superviseme.ops.settings import urls as settings
from superviseme.pictures import urls as pictures
from superviseme.projects import urls as projects
from superviseme.publications import urls as publications
from superviseme.reports import urls as reports
from superviseme.telegram import urls as telegram
from superviseme.theses import urls as theses
from superviseme.web.appearance import theme
from superviseme.web.styleguide import styleguide
from superviseme.web.views import markdown_preview, nowhere_in_administration
from superviseme.workspaces import urls as workspaces

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(accounts)),
    path("", include(activity)),
    path("w/", include(workspaces)),
    path("", include(home)),
    path("", include(api)),
    path("", include(pictures)),
    path("", include(projects)),
    path("", include(theses)),
    path("", include(publications)),
    path("", include(inbox)),
    path("", include(preferences)),
    path("", include(telegram)),
    path("", include(ops)),
    path("", include(mailbox)),
    path("", include(letters)),
    path("", include(audit)),
    path("", include(purge)),
    path("", include(bulk)),
    path("", include(backup)),
    path("", include(scheduler)),
    path("", include(settings)),
    path("", include(reports)),
    path("", include(exports)),
    path("markdown/preview", markdown_preview, name="markdown_preview"),
    path("theme", theme, name="theme"),
    path("styleguide", styleguide, name="styleguide"),
    path("styleguide/<slug:place>", styleguide, name="styleguide_place"),
    re_path(r"^admin(?P<rest>/[\s\S]*)?\Z", nowhere_in_administration, name="admin_nowhere"),  # after all others
]

handler400 = "superviseme.web.errors.bad_request"
handler403 = "superviseme.web.errors.forbidden"
handler404 = "superviseme.web.errors.not_found"
handler500 = "superviseme.ops.doors.server_error"
