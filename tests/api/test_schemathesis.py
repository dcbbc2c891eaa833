"""The API as it describes itself: asked with what fits and with what does not, by several people. Nothing breaks, and no
answer is other than described. The long form asks more."""

import os
from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.files.base import ContentFile
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings, strategies
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as openapi

from superviseme.api import throttle
from superviseme.notifications.models import Notice
from superviseme.theses.models import Topic
from superviseme.web.time import now, today
from superviseme.workspaces.files.actions import add_file
from superviseme.workspaces.files.kinds import check
from superviseme.workspaces.files.storage import keep
from superviseme.workspaces.models import Goal, Meeting, Milestone, Todo
from superviseme.workspaces.updates import actions as updates
from tests.pictures.drawn import give as give_picture

from .conftest import secret_of

CHECKS: list[Any] = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
]
EXAMPLES = 20 if os.environ.get("LONG") == "1" else 2


@pytest.fixture(autouse=True)
def one_connection():
    """As Django's own client does: a request that ends leaves the transaction of the test alone."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(alice, bob, mallory, ada):
    return [secret_of(person) for person in (alice, bob, ada)] + [secret_of(mallory)]


@pytest.fixture
def places(workspace, project, alice, bob):
    """Numbers under which something is, by the name of the address."""
    own = {"workspace": workspace, "created_by": alice, "number": 1, "title": "x"}
    Todo.objects.create(**own), Goal.objects.create(**own), Milestone.objects.create(**own, due_on=today())
    Meeting.objects.create(**own, starts_at=now()).attendees.create(person=alice)
    counters = ("last_todo", "last_goal", "last_milestone", "last_meeting")
    type(workspace).objects.filter(pk=workspace.pk).update(**dict.fromkeys(counters, 1))
    update = updates.post_update(workspace, kind="progress", text="x", tags=["t"], by=alice)
    comment = updates.comment_on(update, text="x", by=alice)
    add_file(workspace, stored=keep(check(ContentFile(b"%PDF-1.4\n%%EOF\n", name="x.pdf"), most=1000)), by=alice)
    thing = {"pk": workspace.pk, "n": 1, "v": 1, "update_id": update.pk, "comment_id": comment.pk}
    thing["digest"] = give_picture(alice).picture
    topic = Topic.objects.create(title="Kites", state="open", publisher=bob)
    notice = Notice.objects.filter(recipient=bob)[0]
    others = {"projects": project.workspace_id, "topics": topic.pk, "people": alice.pk, "notices": notice.pk}
    return lambda path: {**thing, "pk": others.get(path.split("/")[3], workspace.pk)}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
def test_no_answer_is_other_than_described(mode, tokens, places):
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    answers: Counter[int] = Counter()
    for found in described.get_all_operations():
        operation = found.ok()
        names = [one.name for one in operation.path_parameters]
        known = {name: places(operation.path)[name] for name in names}
        for keys in [known, None] if known else [None]:
            answers.update(ask(operation, mode, keys, tokens))
    fitting = answers[200] + answers[201] + answers[204]
    assert (answers.total() > 200, fitting > (50 if mode is GenerationMode.POSITIVE else -1)) == (True, True)


def ask(operation: Any, mode: GenerationMode, keys: Any, tokens: list[str]) -> list[int]:
    asked: list[int] = []

    def cases(token: str) -> Any:
        return operation.as_strategy(mode, path_parameters=keys, headers={"Authorization": f"Bearer {token}"})

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategies.sampled_from(tokens).flatmap(cases))
    def once(case: Any) -> None:
        throttle._counts.clear()
        with transaction.atomic():
            answer = case.call()
            transaction.set_rollback(True)
        asked.append(answer.status_code)
        # In a form everything is text: «true» where a word belongs is a word.
        case.validate_response(answer, checks=CHECKS[:-1] if case.media_type == "multipart/form-data" else CHECKS)

    try:
        once()
    except Unsatisfiable:
        pass  # nothing about it can be wrong
    return asked
