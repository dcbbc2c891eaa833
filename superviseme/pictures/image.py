"""What people choose becomes a small square that holds nothing else: decoded, turned upright, cut, written anew.

Pillow is loaded by the first upload of a process (docs/decisions/speed.md). One picture at a time is decoded by each, so
that its memory is that of one.
"""

import io
import threading
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from superviseme.web.later import later

image = later("PIL.Image")

SIDE = 256
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = {"JPEG": 24_000_000, "MPO": 24_000_000}  # 6000 × 4000, as cameras take; decoded in an eighth of its size
MOST_OF_OTHERS = 9_000_000  # more than the largest screen shows; decoded whole, by WebP several times over
BAND = 64  # rows of what is made that are looked at together
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg", "WEBP": "image/webp"}
UPRIGHT = {  # what EXIF calls the orientation: the names of Pillow's turns that undo it
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
ORIENTATION = 0x0112
_one_at_a_time = threading.Lock()


def square(file: IO[bytes], size: int) -> bytes:
    """A WebP of SIDE × SIDE; ValidationError, with words, for what cannot become one. Of an animation, its first frame."""
    if not size:
        raise ValidationError(_("This file is empty."))
    if size > MOST_BYTES:
        sizes = {"size": filesizeformat(size), "most": filesizeformat(MOST_BYTES)}
        raise ValidationError(_("This picture has %(size)s; at most %(most)s are taken.") % sizes)
    with _one_at_a_time:
        try:
            return _written(_upright(_opened(file)))
        except ValidationError:
            raise
        except Exception as problem:  # noqa: BLE001 - a decoder of foreign bytes fails in any way it likes; each means this
            raise ValidationError(_("This picture is damaged and cannot be read.")) from problem


def type_of(file: IO[bytes], *, most_pixels: int) -> str:
    """What a picture is that is kept as it came (TYPES), "" for none; decoded once to see that it can be. ValidationError,
    with words."""
    with _one_at_a_time:
        try:
            found = image.open(file, formats=("PNG", "JPEG", "WEBP"))
            if found.width * found.height <= most_pixels:
                found.load()
                return TYPES[found.format]
        except image.DecompressionBombError:
            pass
        except image.UnidentifiedImageError:
            return ""
        except Exception as problem:  # noqa: BLE001 - as in square()
            raise ValidationError(_("This picture is damaged and cannot be read.")) from problem
    raise ValidationError(
        _("This picture has too many pixels: at most %(n)s million are taken.") % {"n": most_pixels // 1_000_000}
    )


def _opened(file: IO[bytes]) -> Any:
    """Only the head is read: what it says about its size decides before anything is unpacked."""
    file.seek(0)
    try:
        found = image.open(file, formats=FORMATS)
    except image.DecompressionBombError:
        raise ValidationError(_too_large()) from None
    except image.UnidentifiedImageError:
        raise ValidationError(_("This is no PNG, JPEG, WebP or GIF picture.")) from None
    if found.width * found.height > MOST_PIXELS.get(found.format, MOST_OF_OTHERS):
        raise ValidationError(_too_large())
    return found


def _too_large() -> Any:
    return _(
        "This picture has too many pixels: at most 24 million are taken in a JPEG (6000 × 4000), 9 million in others."
    )


def _upright(found: Any) -> Any:
    """The middle of it as a square in plain colours; the turn comes last, when there is little left to turn."""
    found.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded no larger than needed
    found.load()
    turn = UPRIGHT.get(_orientation(found))
    small = _middle(found).resize((SIDE, SIDE), image.Resampling.LANCZOS)
    return small.transpose(image.Transpose[turn]) if turn else small


def _middle(found: Any) -> Any:
    """The square, no larger than needed, band by band: a second picture of that size would cost its memory again."""
    side = min(found.size)
    step = max(1, side // (2 * SIDE))
    left, top, rows = (found.width - side) // 2, (found.height - side) // 2, side // step
    made = image.new("RGB", (rows, rows))
    for first in range(0, rows, BAND):
        upper, lower = top + first * step, top + min(first + BAND, rows) * step
        made.paste(_plain(found.crop((left, upper, left + rows * step, lower))).reduce(step), (0, first))
    return made


def _orientation(found: Any) -> int:
    try:
        return int(found.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - facts about the camera are often written badly; the picture is not
        return 1


def _plain(cut: Any) -> Any:
    """Eight bits a colour, on white where it was transparent."""
    if cut.mode.startswith("I"):  # 16 bits of grey
        cut = cut.convert("I").point(lambda grey: grey / 256).convert("L")
    if "A" in cut.getbands() or "transparency" in cut.info:
        seen = cut.convert("RGBA")
        ground = image.new("RGBA", seen.size, "white")
        ground.alpha_composite(seen)
        return ground.convert("RGB")
    return cut.convert("RGB")


def _written(small: Any) -> bytes:
    """Only the pixels: into a new picture, which has no notes of a camera, no place and no profile."""
    fresh = image.new("RGB", (SIDE, SIDE))
    fresh.paste(small)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=85, method=4)
    return out.getvalue()
