"""Pictures as people have them, drawn for the tests."""

import io
from typing import Any

from PIL import Image

from superviseme.accounts.models import Person
from superviseme.pictures.actions import set_picture
from superviseme.pictures.forms import KIND
from superviseme.pictures.image import square
from superviseme.workspaces.files.kinds import Checked
from superviseme.workspaces.files.storage import keep

RED, GREEN, BLUE, WHITE, GREY = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255), (128, 128, 128)


def drawn(
    form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (300, 200), colour: Any = RED, **how: Any
) -> bytes:
    return encoded(Image.new(mode, size, colour), form, **how)


def encoded(picture: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def made_of(content: bytes) -> Image.Image:
    """What the site makes of it, opened again."""
    return Image.open(io.BytesIO(square(io.BytesIO(content), len(content))))


def close_to(found: Any, colour: tuple[int, int, int]) -> bool:
    """WebP keeps colours nearly as they were."""
    return all(abs(one - other) < 8 for one, other in zip(found, colour, strict=True))


def give(person: Person, colour: Any = RED) -> Person:
    """A picture for a person, as they would choose it."""
    content = drawn(colour=colour)
    stored = keep(Checked(io.BytesIO(square(io.BytesIO(content), len(content))), "picture.webp", KIND))
    set_picture(stored=stored, by=person)
    return person
