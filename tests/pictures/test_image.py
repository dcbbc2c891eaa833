"""Whatever a file holds, it becomes a small square of its own, or says why not."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from superviseme.pictures.image import MOST_BYTES, SIDE, square

from .drawn import BLUE, GREEN, GREY, RED, WHITE, close_to, drawn, encoded, made_of

MIDDLE = (SIDE // 2, SIDE // 2)


def refused(content: bytes) -> str:
    with pytest.raises(ValidationError) as words:
        square(io.BytesIO(content), len(content))
    return str(words.value.messages[0])


def two_frames(form: str) -> bytes:
    first, second = Image.new("RGB", (40, 40), RED), Image.new("RGB", (40, 40), BLUE)
    return encoded(first, form, save_all=True, append_images=[second], duration=100)


def in_a_palette(**how: object) -> bytes:
    picture = Image.new("P", (40, 40), 1)
    picture.putpalette([*GREEN, *RED, *BLUE])
    return encoded(picture, "PNG", **how)


RIGHT = {  # file: the colour that is seen in its middle
    "PNG": (drawn("PNG"), RED),
    "JPEG": (drawn("JPEG", quality=95), RED),
    "WebP": (drawn("WEBP"), RED),
    "GIF": (drawn("GIF"), RED),
    "one pixel": (drawn(size=(1, 1)), RED),
    "one line": (drawn(size=(2000, 1)), RED),
    "progressive JPEG": (drawn("JPEG", size=(1500, 1500), progressive=True), RED),
    "as large as a camera takes": (drawn("JPEG", size=(6000, 4000)), RED),
    "a large square": (drawn(size=(3000, 3000)), RED),
    "grey": (drawn(mode="L", colour=128), GREY),
    "black and white": (drawn(mode="1", colour=1), WHITE),
    "16 bits of grey": (drawn(mode="I;16", colour=128 * 256), GREY),
    "CMYK": (drawn("JPEG", "CMYK", colour=(0, 0, 0, 127), quality=95), GREY),
    "half transparent": (drawn(mode="RGBA", colour=(0, 0, 0, 127)), GREY),
    "transparent": (drawn(mode="RGBA", colour=(255, 0, 0, 0)), WHITE),
    "grey and transparent": (drawn(mode="LA", colour=(0, 127)), GREY),
    "a palette": (in_a_palette(), RED),
    "a palette with a transparent colour": (in_a_palette(transparency=1), WHITE),
    "an animated GIF": (two_frames("GIF"), RED),
    "an animated WebP": (two_frames("WEBP"), RED),
    "an animated PNG": (two_frames("PNG"), RED),
    "a page hidden behind a picture": (drawn() + b"<script>alert(1)</script>", RED),
    "a zip hidden behind a picture": (drawn("JPEG", quality=95) + b"PK\x03\x04" + b"\0" * 100, RED),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_picture_becomes_a_square_of_its_first_frame(name: str) -> None:
    content, colour = RIGHT[name]
    found = made_of(content)
    assert (found.format, found.size, found.mode, getattr(found, "n_frames", 1)) == ("WEBP", (SIDE, SIDE), "RGB", 1)
    assert close_to(found.getpixel(MIDDLE), colour)


def test_the_middle_is_cut_out() -> None:
    wide = Image.new("RGB", (600, 200), BLUE)
    wide.paste(RED, (200, 0, 400, 200))
    found = made_of(encoded(wide))
    assert [close_to(found.getpixel(place), RED) for place in ((4, 4), MIDDLE, (251, 251))] == [True] * 3


def test_a_large_picture_is_made_of_all_its_bands() -> None:
    """A side that no band divides: red above, blue below, nothing black at the edges."""
    tall = Image.new("RGB", (1999, 2500), RED)
    tall.paste(BLUE, (0, 1250, 1999, 2500))
    found = made_of(encoded(tall))
    seen = [found.getpixel(place) for place in ((0, 0), (255, 100), (128, 150), (0, 255), (255, 255))]
    assert [close_to(*pair) for pair in zip(seen, (RED, RED, BLUE, BLUE, BLUE), strict=True)] == [True] * 5


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_a_camera_held_askew_is_turned_upright(orientation: int) -> None:
    """The upper left corner is green and the upper right one blue, as the eye saw it."""
    seen = Image.new("RGB", (64, 64), RED)
    seen.paste(GREEN, (0, 0, 32, 32))
    seen.paste(BLUE, (32, 0, 64, 32))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how a camera would have written it: Pillow's numbers
    held = seen.transpose(turns[orientation]) if orientation > 1 else seen
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = made_of(encoded(held, "PNG", exif=exif))
    corners = [found.getpixel(place) for place in ((60, 60), (195, 60), (60, 195))]
    assert [close_to(*pair) for pair in zip(corners, (GREEN, BLUE, RED), strict=True)] == [True, True, True]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_kept(form: str) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "CameraMaker", "a note"
    exif.get_ifd(0x8825)[1] = "N"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "at home")
    how = (
        {"pnginfo": notes}
        if form == "PNG"
        else {"xmp": b"<x>at home</x>"}
        if form == "WEBP"
        else {"comment": b"at home"}
    )
    content = drawn(form, exif=exif, icc_profile=b"profile of a screen", **how)
    made = square(io.BytesIO(content), len(content))
    assert b"CameraMaker" in content and b"at home" in content
    assert [
        word for word in (b"EXIF", b"Exif", b"CameraMaker", b"XMP", b"ICCP", b"at home", b"profile") if word in made
    ] == []
    assert Image.open(io.BytesIO(made)).getexif() == {}


def test_a_broken_note_of_the_camera_spoils_nothing() -> None:
    found = made_of(drawn("JPEG", quality=95, exif=b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 40))
    assert close_to(found.getpixel(MIDDLE), RED)


def test_the_same_picture_is_made_the_same_each_time() -> None:
    content = drawn("JPEG")
    assert square(io.BytesIO(content), len(content)) == square(io.BytesIO(content), len(content))


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"\0" * 100)) + part(b"IEND", b"")


NOISE = Image.effect_noise((400, 400), 90)
CUT = {form: encoded(NOISE, form)[:2000] for form in ("PNG", "JPEG", "WEBP", "GIF")}
WRONG = {  # file: what is said
    "nothing": (b"", "empty"),
    "words": (b"Dear committee", "no PNG"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "no PNG"),
    "a page": (b"<!doctype html><title>x</title>", "no PNG"),
    "PDF": (b"%PDF-1.4\n%%EOF", "no PNG"),
    "TIFF": (drawn("TIFF"), "no PNG"),
    "BMP": (drawn("BMP"), "no PNG"),
    "an icon": (drawn("ICO", size=(32, 32)), "no PNG"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "no PNG"),
    "a bomb": (claiming(60_000, 60_000), "too many pixels"),
    "somewhat too many pixels": (claiming(3001, 3000), "too many pixels"),
    "a JPEG of too many": (encoded(Image.new("1", (6001, 4000)), "JPEG"), "too many pixels"),
    "a lie about its size": (claiming(2000, 2000), "damaged"),
    "only a head": (b"\x89PNG\r\n\x1a\n", "no PNG"),
    "too many bytes": (b"\x89PNG\r\n\x1a\n" + b"\0" * MOST_BYTES, "at most 5"),
    **{f"half of a {form}": (content, "damaged") for form, content in CUT.items()},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_picture_says_so(name: str) -> None:
    content, words = WRONG[name]
    assert words in refused(content)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_file_with_wrong_bytes_anywhere_is_a_picture_or_refused(form: str) -> None:
    whole = encoded(Image.effect_noise((60, 60), 90).convert("RGB"), form)
    for place in range(0, min(len(whole), 1200), 23):
        spoilt = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            assert made_of(spoilt).size == (SIDE, SIDE)
        except ValidationError as words:
            assert words.messages[0]  # noqa: PT017 - either is right, anything else is raised


def test_a_web_process_starts_without_pillow() -> None:
    asked = "import django, sys; django.setup(); import superviseme.config.urls; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
