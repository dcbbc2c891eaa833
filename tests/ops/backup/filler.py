"""Random rows and files: odd letters, odd moments, numbers at their limits."""

import hashlib
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.ops.backup import place
from superviseme.ops.backup.postgres import Restored
from superviseme.ops.backup.sqlite import Copy
from superviseme.policy.roles import Role
from superviseme.publications.models import Publication
from superviseme.theses.models import Thesis
from superviseme.workspaces.files import storage
from superviseme.workspaces.models import Document, FileVersion, Todo, Update
from tests import people

LETTERS = "aZ09 '\"\\;%_\t\n\r«»äßñøçğİ漢字日本語عربى🙂👩🏽‍🎓\u200b\u202e\x01\x7f"
BORDERS = [datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 10, 25, 0, 59, 59, 999_999, tzinfo=UTC)]


def fill(*, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number in range(chance.randint(1, 4)):
        author = people.person(f"{words(chance, 20) or 'A'} {number}", Role.STUDENT, email=f"a{number}@example.org")
        boss = people.person(f"Boss {words(chance, 30)}", Role.SUPERVISOR, email=f"b{number}@example.org")
        thesis = people.a_thesis(title=words(chance, 100) or "T", author=author, supervisor=boss)
        Thesis.objects.filter(pk=thesis.pk).update(grade=Decimal("1.70"), grade_out_of=Decimal("110"))
        Publication.objects.create(
            owner=author, kind="x", title="x", identifiers=data(chance), created_at=moment(chance)
        )
        a_picture(author, chance.randbytes(50))
        for n in range(chance.randint(0, 8)):
            rows(chance, thesis.workspace, author, n)


def rows(chance, workspace, author, n) -> None:
    made = {"workspace": workspace, "created_by": author}
    due = date(2026, 1, 1) + timedelta(days=chance.randint(0, 800)) if chance.random() < 0.7 else None
    Todo.objects.create(**made, number=n, title=words(chance, 50) or "x", description=words(chance, 400), due_on=due)
    Update.objects.create(**made, kind="progress", text=words(chance, 2000))
    Event.objects.create(at=moment(chance), verb="x", thing="x", title=words(chance, 60), data=data(chance))
    document = Document.objects.create(**made, number=n, kind="file", title=words(chance, 40) or "x")
    a_version(document, chance.randbytes(chance.choice([1, 100, 70_000])), author)


def a_version(document, content: bytes, author) -> FileVersion:
    digest, size = storage._write([content])
    number = document.versions.count() + 1
    fields = {"content_type": "text/plain", "filename": "x.txt", "uploaded_by": author}
    return FileVersion.objects.create(document=document, number=number, sha256=digest, size=size, **fields)


def a_picture(person, content: bytes) -> None:
    digest, size = storage._write([content])
    Person.objects.filter(pk=person.pk).update(picture=digest, picture_size=size)


def words(chance, most: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(0, most)))


def moment(chance) -> datetime:
    return chance.choice([*BORDERS, BORDERS[0] + timedelta(microseconds=chance.randint(0, 10**16))])


def data(chance) -> dict:
    return {words(chance, 5): chance.choice([None, True, 3, 2.5, words(chance, 9), [1, {"ä": []}]]) for _ in range(4)}


def fingerprint() -> dict:
    """What the live database and its files hold."""
    engine = place.engine()
    connection.close()
    seen = Copy(engine.file).see() if engine.name == "sqlite" else Restored(engine, engine.database).see()
    held = {sha: hashlib.sha256(storage.path_of(sha).read_bytes()).hexdigest() == sha for sha, _ in seen.files}
    return {"tables": seen.contents, "files": held}
