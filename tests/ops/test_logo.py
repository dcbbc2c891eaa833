"""The logo: a picture that every browser can show, on every page until it is taken away."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from superviseme.site.values import setting


def drawn(kind="PNG", size=(120, 40)):
    made = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", size).save(made, kind)
    return made.getvalue()


PIXEL = drawn()


def test_the_logo_is_on_every_page_until_it_is_taken_away(as_, ada):
    browser = as_(ada)
    answer = browser.post("/admin/settings/logo", {"logo": SimpleUploadedFile("x.png", PIXEL)})
    assert answer.status_code == 302
    address = f"/logo/{setting('logo')}"
    picture = Client().get(address)
    assert address in Client().get("/theses").text
    assert (picture.content, picture["Content-Type"]) == (PIXEL, "image/png")
    browser.post("/admin/settings/logo/removal")
    assert address not in Client().get("/theses").text


@pytest.mark.parametrize("kind, content_type", [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_a_logo_is_served_as_what_it_is(as_, ada, kind, content_type):
    browser = as_(ada)
    browser.post("/admin/settings/logo", {"logo": SimpleUploadedFile("x.png", drawn(kind))})
    assert browser.get(f"/logo/{setting('logo')}")["Content-Type"] == content_type


@pytest.mark.parametrize(
    "content, words",
    [
        (PIXEL[:50], "damaged"),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "no PNG"),
        (b"\xff\xd8\xff" + b"0" * 100, "no PNG"),
        (b"RIFF0000WEBP<script>", "no PNG"),
        (drawn(size=(30_000, 30_000)), "too many pixels"),
        (drawn(size=(2_001, 2_000)), "too many pixels"),
    ],
)
def test_a_logo_that_no_browser_could_show_is_refused(as_, ada, content, words):
    answer = as_(ada).post("/admin/settings/logo", {"logo": SimpleUploadedFile("x.png", content)})
    assert (answer.status_code, setting("logo"), words in answer.text) == (422, "", True)


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", b"GIF89a", b"", b"\x89PNG\r\n\x1a\n" + b"x" * 205_000])
def test_a_logo_that_is_no_small_picture_is_refused(as_, ada, content):
    answer = as_(ada).post("/admin/settings/logo", {"logo": SimpleUploadedFile("x.png", content)})
    assert (answer.status_code, setting("logo")) == (422, "")
