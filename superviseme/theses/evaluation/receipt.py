"""The letter an author gets for a hand-in."""

from typing import Any

from django.urls import reverse
from django.utils.functional import lazy

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.outbox.letters import link_to
from superviseme.web.time import site_zone
from superviseme.workspaces.models import FileVersion

from ..models import Submission
from .words import late_words

late_in_words = lazy(late_words, str)  # in the language of the letter, when it is written


def receipt_letter(submission: Submission, *, version: FileVersion, author: Person) -> dict[str, Any]:
    """What outbox.post needs, once per receipt."""
    context = {
        "name": author.name,
        "title": submission.thesis.title,
        "receipt": submission.receipt,
        "when": submission.submitted_at,
        "zone": site_zone().key,
        "late": late_in_words(submission.late_seconds),
        "filename": version.filename,
        "number": version.number,
        "size": version.size,
        "sha256": version.sha256,
        "declaration": submission.declaration,
        "link": link_to(reverse("hand_in", args=[submission.thesis.workspace_id])),
    }
    return {
        "to": author.email,
        "to_name": author.full_name,
        "recipient": author.pk,
        "language": language_of(author),
        "key": f"handin:{submission.receipt}",
        "context": context,
    }
