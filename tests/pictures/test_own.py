"""Choosing, replacing and losing one's own picture."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import disable_person, erase_person
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.ops.forget import forget_what_expired
from superviseme.pictures import actions
from superviseme.web.time import now, simulated
from superviseme.workspaces.files import storage, sweep
from superviseme.workspaces.files.named import all_named

from .drawn import BLUE, RED, drawn, give

ADDRESS = "/profile/picture"


def chosen(content: bytes, name: str = "me.png", kind: str = "image/png") -> dict[str, Any]:
    return {"picture": SimpleUploadedFile(name, content, kind)}


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_picture_is_uploaded_and_stands_beside_the_name(as_: Any, alice: Person) -> None:
    browser = as_(alice)
    answer = browser.post(ADDRESS, chosen(drawn()))

    mine = fresh(alice)
    assert (answer.status_code, answer["Location"]) == (302, "/profile")
    assert storage.size_of(mine.picture) == mine.picture_size > 0
    event = Event.objects.get(verb="account.profile_edited")
    assert (event.actor, event.data) == (alice, {"fields": ["picture"]})
    page = browser.get("/profile").text
    assert page.count(f'src="{mine.picture_url}"') == 2  # in the bar on top, and in the panel
    assert "Remove my picture" in page


def test_without_a_picture_there_are_initials_and_nothing_to_remove(as_: Any, alice: Person) -> None:
    page = as_(alice).get("/profile").text
    assert ('<img src="/people' in page, "Remove my picture" in page, page.count(">AA</span>")) == (False, False, 2)


def test_the_name_and_the_kind_that_a_browser_says_count_for_nothing(as_: Any, alice: Person) -> None:
    answer = as_(alice).post(ADDRESS, chosen(drawn("JPEG"), "../../cv.exe", "text/html"))
    assert (answer.status_code, fresh(alice).picture != "") == (302, True)


def test_another_picture_takes_the_place_of_the_first(as_: Any, alice: Person) -> None:
    first = give(alice, RED).picture
    as_(alice).post(ADDRESS, chosen(drawn(colour=BLUE)))
    second = fresh(alice).picture
    assert second not in ("", first)
    assert as_(alice).get(f"/people/{alice.pk}/picture/{first}").status_code == 404


def test_the_same_picture_again_changes_nothing(as_: Any, alice: Person) -> None:
    browser = as_(alice)
    for _ in range(2):
        browser.post(ADDRESS, chosen(drawn()))
    assert Event.objects.filter(verb="account.profile_edited").count() == 1


def test_a_picture_is_removed_by_its_owner(as_: Any, alice: Person) -> None:
    address = give(alice).picture_url
    browser = as_(alice)
    answers = [browser.post(f"{ADDRESS}/removal").status_code for _ in range(2)]
    assert (answers, fresh(alice).picture, fresh(alice).picture_size) == ([302, 302], "", 0)
    assert browser.get(address).status_code == 404
    assert Event.objects.filter(verb="account.profile_edited").count() == 2  # given, removed once


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is no PNG, JPEG, WebP or GIF picture."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 5 * 1024 * 1024, "at most 5.0"),
        (drawn(size=(3001, 3000)), "too many pixels"),
        (drawn("JPEG")[:400], "This picture is damaged"),
    ],
    ids=["empty", "svg", "large", "pixels", "cut"],
)
def test_what_is_no_picture_comes_back_with_the_reason(as_: Any, alice: Person, content: bytes, words: str) -> None:
    answer = as_(alice).post(ADDRESS, chosen(content))
    assert (answer.status_code, words in answer.text.replace("\xa0", " "), fresh(alice).picture) == (422, True, "")


def test_without_a_file_the_form_asks_for_one(as_: Any, alice: Person) -> None:
    for sent in ({}, {"picture": "words"}):
        answer = as_(alice).post(ADDRESS, sent)
        assert (answer.status_code, "Choose a file first." in answer.text) == (422, True)


def test_an_administrator_takes_a_picture_away_and_its_owner_is_told(as_: Any, alice: Person, ada: Person) -> None:
    give(alice)
    browser = as_(ada)
    assert "Remove the picture" in browser.get(f"/admin/users/{alice.pk}").text
    answers = [browser.post(f"/admin/users/{alice.pk}/picture/removal").status_code for _ in range(2)]

    notice = Notice.objects.get(verb="account.picture_removed")
    assert (answers, fresh(alice).picture, notice.recipient, notice.loud) == ([302, 302], "", alice, True)
    assert (notice.event.actor, notice.event.link) == (ada, "/profile")
    assert "removed your profile picture" in as_(alice).get("/notifications").text
    assert "Remove the picture" not in browser.get(f"/admin/users/{alice.pk}").text


def test_who_is_made_anonymous_has_no_picture(alice: Person, ada: Person, as_: Any) -> None:
    address = give(alice).picture_url
    erase_person(person=alice, by=ada)
    assert (fresh(alice).picture, fresh(alice).picture_size, fresh(alice).picture_url) == ("", 0, "")
    assert as_(ada).get(address).status_code == 404


def test_a_picture_that_the_release_before_left_behind_is_forgotten(alice: Person) -> None:
    give(alice)
    Person.objects.filter(pk=alice.pk).update(erased_at=now(), is_active=False)
    assert fresh(alice).picture_url == ""
    assert "1 pictures of former members" in forget_what_expired()
    assert fresh(alice).picture == ""


def test_who_is_disabled_keeps_the_picture(alice: Person, ada: Person, as_: Any) -> None:
    give(alice)
    disable_person(person=alice, by=ada)
    assert as_(ada).get(alice.picture_url).status_code == 200


def test_nobody_gets_a_picture_once_anonymous(alice: Person, bob: Person) -> None:
    """A form that was sent before and comes late."""
    give(bob)
    Person.objects.filter(pk=alice.pk).update(erased_at=now(), is_active=False)
    late = storage.Stored(fresh(bob).picture, fresh(bob).picture_size, "image/webp", "picture.webp")
    actions.set_picture(stored=late, by=alice)
    assert fresh(alice).picture == ""


def test_the_own_data_hold_the_picture(as_: Any, alice: Person) -> None:
    give(alice)
    answer = as_(alice).post("/profile/export")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        about = json.loads(archive.read("accounts.person.json"))
        seen = Image.open(io.BytesIO(archive.read("picture.webp")))
    assert (about[0]["picture"], seen.size) == (alice.picture, (256, 256))


def test_bytes_that_a_person_names_are_kept_and_go_a_day_after_the_last_did(
    alice: Person, bob: Person, workspace: Any
) -> None:
    kept = storage.path_of(give(alice).picture)
    give(bob)
    assert set(all_named()) == {(alice.picture, alice.picture_size)}
    actions.remove_picture(by=alice)
    assert (swept(10), kept.exists()) == ([0, 0], True)  # Bob has the same one
    actions.remove_picture(by=bob)
    assert (swept(20), kept.exists()) == ([0, 1], False)


def swept(days: int) -> list[int]:
    """How many contents a sweep removes in these days, and on the next."""
    found = []
    for more in (0, 1.1):
        with simulated(now() + timedelta(days=days + more)):
            found.append(sweep.sweep())
    return found
