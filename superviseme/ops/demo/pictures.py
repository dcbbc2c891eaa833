"""Pictures of some people of the demonstration: shapes, nobody's face, so that lists show both pictures and initials."""

import datetime as dt
import io
from math import cos, pi, sin
from typing import Any

from superviseme.accounts.models import Person
from superviseme.pictures.actions import set_picture
from superviseme.pictures.forms import KIND
from superviseme.pictures.image import SIDE, square
from superviseme.web.later import later
from superviseme.web.time import now, simulated
from superviseme.workspaces.files.kinds import Checked
from superviseme.workspaces.files.storage import keep

image, draw = later("PIL.Image"), later("PIL.ImageDraw")

LOOKS = {  # who: petals, then ground, petals and middle
    "m.garcia": (7, "#1d4e57", "#e9b872", "#f6efe4"),
    "carol.brown": (5, "#f1d9c6", "#b3563f", "#3d2b3d"),
    "alice.johnson": (12, "#d9e6d5", "#4f7a55", "#f2c14e"),
    "lukas.schneider": (3, "#2b3353", "#8fa3d8", "#e8ecf7"),
}


def give_pictures(people: dict[str, Person]) -> None:
    with simulated(now() - dt.timedelta(days=70)):
        for name, look in LOOKS.items():
            _give(people[name], look)


def _give(person: Person, look: tuple[int, str, str, str]) -> None:
    drawn = _drawn(*look)
    made = square(drawn, len(drawn.getvalue()))
    set_picture(stored=keep(Checked(io.BytesIO(made), "picture.webp", KIND)), by=person)


def _drawn(petals: int, ground: str, petal: str, middle: str) -> io.BytesIO:
    found = image.new("RGB", (SIDE, SIDE), ground)
    pen, half = draw.Draw(found), SIDE / 2
    for number in range(petals):
        turn = 2 * pi * number / petals - pi / 2
        _disc(pen, half + 62 * cos(turn), half + 62 * sin(turn), 150 / petals**0.7, petal)
    _disc(pen, half, half, 34, middle)
    out = io.BytesIO()
    found.save(out, "PNG")
    return out


def _disc(pen: Any, x: float, y: float, radius: float, colour: str) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
