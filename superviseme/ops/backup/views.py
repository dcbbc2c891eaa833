from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.web.access import signed_in

from . import jobs, listing, place


@signed_in("GET", action=Action.SITE_MANAGE)
def backups(request: HttpRequest) -> HttpResponse:
    good = place.latest_good()
    context = {
        "page": listing.page(request.GET.get("after", "")),
        "good": good and good[1],
        "restored": listing.last_restored(),
        "is_late": listing.is_late(good and good[1].moment, jobs.every()),
        "every": settings.BACKUP_EVERY,
        "root": settings.BACKUP_DIR,
        "encrypted": bool(settings.BACKUP_RECIPIENT),
        "elsewhere": settings.BACKUP_S3["name"],
    }
    return render(request, "ops/backup/list.html", context)
