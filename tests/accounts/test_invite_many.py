"""A list of people is looked at first; then all of it is sent, or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from superviseme.accounts.invitations.actions import invite
from superviseme.accounts.invitations.table_file import MOST_LINES, Unreadable, read_people
from superviseme.accounts.models import Invitation
from superviseme.outbox.models import Message
from superviseme.policy.roles import Role

ADDRESS = "/admin/invitations/list"
GOOD = "nina@example.org,Nina,Neu,supervisor\nomar@example.org\n"


def read(text):
    return [(row.email, row.name, row.surname, row.role, row.error) for row in read_people(text, role=Role.STUDENT)]


@pytest.mark.parametrize(
    "text",
    [
        "nina@example.org,Nina,Neu,supervisor",
        "nina@example.org;Nina;Neu;Supervisor",
        "NINA@example.org\tNina\tNeu\tsupervisor\r\n\r\n",
        "First name,Family name,Role,E-mail\nNina,Neu,supervisor,nina@example.org",
        'surname;e-mail;name;role\n"Neu";"nina@example.org";Nina;supervisor\n',
    ],
)
def test_a_list_is_read_as_programs_write_it(db, text):
    assert read(text) == [("nina@example.org", "Nina", "Neu", "supervisor", "")]


def test_a_line_that_names_no_role_has_that_of_the_form(db):
    assert read("omar@example.org") == [("omar@example.org", "", "", "student", "")]


@pytest.mark.parametrize("text", ["", "\n\n", "hello\nworld", "x@example.org\n" * (MOST_LINES + 1)])
def test_a_list_that_makes_no_sense_says_why(db, text):
    with pytest.raises(Unreadable):
        read(text)


def test_each_line_says_what_is_wrong_with_it(ada, alice):
    alice.set_password("x" * 20)
    alice.save()
    invite(email="waits@example.org", role=Role.STUDENT, by=ada)
    text = "\n".join(
        [
            "fine@example.org",
            "no-address,x",
            "a@example.org,A,B,dean",
            f"{alice.email}",
            "waits@example.org",
            "fine@example.org",
            f"b@example.org,{'x' * 151}",
        ]
    )
    assert [row.error for row in read_people("e-mail,name,surname,role\n" + text, role=Role.STUDENT)] == [
        "",
        "This is no e-mail address.",
        "There is no role «dean».",
        "Has an account already.",
        "Is invited already.",
        "Stands above already.",
        "This is too long.",
    ]


def test_looking_sends_nothing_and_sending_sends_all(as_, ada):
    browser = as_(ada)
    looked = browser.post(ADDRESS, {"people": GOOD, "role": "student"})
    assert (looked.status_code, Invitation.objects.count()) == (200, 0)
    assert "Send 2 invitations" in looked.text and "Nina Neu" in looked.text
    sent = browser.post(ADDRESS, {"people": GOOD, "role": "student", "step": "send"})
    assert sent.status_code == 302
    assert set(Invitation.objects.values_list("email", "role")) == {
        ("nina@example.org", "supervisor"),
        ("omar@example.org", "student"),
    }
    assert Message.objects.filter(letter="invitation").count() == 2


def test_one_wrong_line_stops_all(as_, ada):
    answer = as_(ada).post(ADDRESS, {"people": GOOD + "nobody\n", "role": "student", "step": "send"})
    assert (answer.status_code, Invitation.objects.count(), Message.objects.count()) == (422, 0, 0)
    assert "One line cannot be invited" in answer.text


def test_a_file_of_a_spreadsheet_program_is_read_and_shown_to_be_mended(as_, ada):
    file = SimpleUploadedFile("people.csv", "\ufeffe-mail;name\njosé@example.org;José\nx@example.org;Zoë".encode())
    answer = as_(ada).post(ADDRESS, {"file": file, "role": "student"})
    assert answer.status_code == 422  # the first address
    assert "José" in answer.text and "x@example.org;Zoë" in answer.text


@pytest.mark.parametrize("data", [b"\x00\xff\xfe\x00", b"a" * 300_000, b'"' * 5000])
def test_what_is_no_list_is_refused_kindly(as_, ada, data):
    answer = as_(ada).post(ADDRESS, {"file": SimpleUploadedFile("x.csv", data), "role": "student"})
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


@pytest.mark.parametrize("size", [1, 3])
def test_a_longer_list_is_looked_at_in_as_many_queries(as_, ada, size, django_assert_num_queries):
    text = "".join(f"p{n}@example.org\n" for n in range(size))
    browser = as_(ada)
    browser.get(ADDRESS)
    with django_assert_num_queries(6):
        assert browser.post(ADDRESS, {"people": text, "role": "student"}).status_code == 200


def test_a_file_saved_as_unicode_text_is_read(as_, ada):
    file = SimpleUploadedFile("people.txt", "e-mail\tname\r\njo@example.org\tZoë\r\n".encode("utf-16"))
    page = as_(ada).post("/admin/invitations/list", {"role": "student", "file": file})
    assert (page.status_code, "Zoë" in page.text, "Send one invitation" in page.text) == (200, True, True)
