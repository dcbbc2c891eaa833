"""Publications in theses and projects."""

import datetime as dt
from typing import Any

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import erase_person
from superviseme.notifications.models import Notice
from superviseme.ops.forget import forget_what_expired
from superviseme.ops.purge.actions import purge_deleted
from superviseme.publications.models import OrcidSync, Publication, PublicationLink
from superviseme.web.time import now, simulated


def test_one_of_ones_own_is_shown_to_everybody_there(
    workspace: Any, bob: Person, eve: Person, as_: Any, a_work: Any
) -> None:
    one = a_work(bob)

    as_(bob).post(f"/w/{workspace.pk}/publications", {"publication": one.pk})

    assert "On rivers" in as_(eve).get(f"/w/{workspace.pk}/publications").content.decode()
    assert workspace.title in as_(bob).get("/publications").content.decode()
    assert Notice.objects.filter(verb="publication.linked").count() == 2


def test_twice_is_once(workspace: Any, bob: Person, as_: Any, a_work: Any) -> None:
    one, browser = a_work(bob), as_(bob)
    for _ in range(2):
        browser.post(f"/w/{workspace.pk}/publications", {"publication": one.pk})

    assert PublicationLink.objects.count() == 1


def test_not_by_outsiders_nor_examiners_nor_of_others_lists(
    workspace: Any, bob: Person, eve: Person, mallory: Person, as_: Any, a_work: Any
) -> None:
    theirs = a_work(bob)

    assert as_(mallory).post(f"/w/{workspace.pk}/publications", {"publication": theirs.pk}).status_code == 404
    assert as_(eve).post(f"/w/{workspace.pk}/publications", {"publication": a_work(eve).pk}).status_code == 403
    assert as_(bob).post(f"/w/{workspace.pk}/publications", {"publication": a_work(mallory).pk}).status_code == 404
    assert PublicationLink.objects.count() == 0


def test_taking_out_is_for_the_owner_and_who_steers(
    workspace: Any, alice: Person, bob: Person, carol: Person, as_: Any, a_work: Any
) -> None:
    links = [
        PublicationLink.objects.create(publication=a_work(alice), workspace=workspace, linked_by=alice) for _ in "123"
    ]
    addresses = [f"/w/{workspace.pk}/publications/{link.pk}/deletion" for link in links]

    assert as_(carol).post(addresses[0]).status_code == 403
    assert as_(alice).post(addresses[0]).status_code == 302
    assert as_(bob).post(addresses[1]).status_code == 302
    assert PublicationLink.objects.count() == 1


def test_a_frozen_workspace_takes_none(workspace: Any, bob: Person, as_: Any, a_work: Any) -> None:
    type(workspace).objects.filter(pk=workspace.pk).update(frozen_at=now(), frozen_by=bob)

    assert as_(bob).post(f"/w/{workspace.pk}/publications", {"publication": a_work(bob).pk}).status_code == 403


def test_what_is_deleted_is_not_shown_and_goes_after_thirty_days(
    workspace: Any, bob: Person, as_: Any, a_work: Any
) -> None:
    one, tombstone = a_work(bob), a_work(bob, "Of ORCID", source="orcid", put_code=5)
    PublicationLink.objects.create(publication=one, workspace=workspace, linked_by=bob)
    Publication.objects.update(deleted_at=now(), deleted_by=bob)

    assert "On rivers" not in as_(bob).get(f"/w/{workspace.pk}/publications").content.decode()
    with simulated(now() + dt.timedelta(days=31)):
        purge_deleted()
    assert [found.pk for found in Publication.objects.all()] == [tombstone.pk]  # or reading ORCID would bring it back


def test_the_list_of_an_anonymous_person_goes(bob: Person, ada: Person, a_work: Any) -> None:
    a_work(bob)
    OrcidSync.objects.create(person=bob, orcid="0000-0002-1825-0097")
    erase_person(person=bob, by=ada)

    forget_what_expired()

    assert (Publication.objects.count(), OrcidSync.objects.count()) == (0, 0)


def test_a_choice_that_is_none_says_what_to_choose(workspace: Any, bob: Person, as_: Any, a_work: Any) -> None:
    a_work(bob)
    for chosen in ("", "x", "9" * 30):
        answer = as_(bob).post(f"/w/{workspace.pk}/publications", {"publication": chosen})
        assert (answer.status_code, "Choose one of your publications." in answer.text) == (422, True)
