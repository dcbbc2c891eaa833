"""Who is in the demonstration site, and with which password."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from superviseme.accounts.models import Grant, Person
from superviseme.policy.roles import Role
from superviseme.web.time import now

A, S, R, T = Role.ADMIN, Role.SUPERVISOR, Role.RESEARCHER, Role.STUDENT
UNI, STUDENTS = "university.edu", "student.university.edu"

CAST: list[tuple[str, str, str, tuple[Role, ...], str]] = [
    ("admin@supervise.me", "Dana", "Keller", (A,), ""),
    (f"j.smith@{UNI}", "John", "Smith", (S,), "Department of Computer Science"),
    (f"e.johnson@{UNI}", "Emily", "Johnson", (S,), "Institute for Data Science"),
    (f"m.garcia@{UNI}", "Maria", "Garcia", (S,), "Artificial Intelligence Group"),
    (f"alice.johnson@{UNI}", "Alice", "Johnson", (R, S), "Climate Modelling Lab"),
    (f"bob.williams@{UNI}", "Bob", "Williams", (R,), "Centre for Social Networks"),
    (f"maria.rodriguez@{UNI}", "Maria", "Rodriguez", (R, S), "Ethics of Technology"),
    (f"alice.doe@{STUDENTS}", "Alice", "Doe", (T,), "Computer Science"),
    (f"bob.wilson@{STUDENTS}", "Bob", "Wilson", (T,), "Data Science"),
    (f"carol.brown@{STUDENTS}", "Carol", "Brown", (T,), "Computer Science"),
    (f"david.miller@{STUDENTS}", "David", "Miller", (T,), "Artificial Intelligence"),
    (f"eva.clark@{STUDENTS}", "Eva", "Clark", (T,), "Physics"),
    (f"giulia.conti@{STUDENTS}", "Giulia", "Conti", (T,), "Digital Humanities"),
    (f"lukas.schneider@{STUDENTS}", "Lukas", "Schneider", (T,), "Computer Science"),
    (f"fatima.elamin@{STUDENTS}", "Fatima", "El Amin", (T,), "Data Science"),
    (f"tomas.novak@{STUDENTS}", "Tomáš", "Novák", (T,), "Physics"),
    (f"ines.moreau@{STUDENTS}", "Inès", "Moreau", (T,), "Artificial Intelligence"),
    (f"yuki.tanaka@{STUDENTS}", "Yuki", "Tanaka", (T,), "Data Science"),
    (f"seun.adebayo@{STUDENTS}", "Oluwaseun", "Adebayo-Featherstonehaugh", (T,), "Computer Science"),
]

SEED_NAMES = {
    A: "SEED_ADMIN_PASSWORD",
    S: "SEED_SUPERVISOR_PASSWORD",
    R: "SEED_RESEARCHER_PASSWORD",
    T: "SEED_STUDENT_PASSWORD",
}


@dataclass(frozen=True)
class Password:
    plain: str
    given: bool  # by the environment: never shown


def passwords(environment: dict[str, str]) -> dict[Role, Password]:
    """One per role: SEED_<ROLE>_PASSWORD, else SEED_DEFAULT_PASSWORD, else a random one shared by all."""
    made = Password(f"demo-{secrets.token_hex(2)}-{secrets.token_hex(2)}-{secrets.token_hex(2)}", given=False)
    found = {}
    for role, name in SEED_NAMES.items():
        word = environment.get(name) or environment.get("SEED_DEFAULT_PASSWORD")
        found[role] = Password(word, given=True) if word else made
    return found


def make_cast(words: dict[Role, Password]) -> dict[str, Person]:
    """{e-mail's local part: person}; passwords are hashed once per role."""
    hashed = {password.plain: make_password(password.plain) for password in set(words.values())}
    people: dict[str, Person] = {}
    for email, name, surname, roles, course in CAST:
        person = Person(email=email, name=name, surname=surname, password=hashed[words[roles[0]].plain])
        person.joined_at = now() - dt.timedelta(days=130 - 3 * len(people))
        if len(people) % 5:
            person.last_seen_at = now() - dt.timedelta(hours=7 * len(people))
        person.degree_course, person.affiliation = (course, "") if roles == (T,) else ("", course)
        person.save()
        people[email.split("@")[0]] = person
    admin = people["admin"]
    Grant.objects.bulk_create(
        Grant(person=person, role=role, granted_by=admin, granted_at=person.joined_at)
        for person, (_e, _n, _s, roles, _c) in zip(people.values(), CAST, strict=True)
        for role in roles
    )
    return people


def account_lines(words: dict[Role, Password]) -> list[str]:
    """One line an account: address, roles, password or where it came from."""
    lines = []
    for email, name, surname, roles, _course in CAST:
        word = words[roles[0]]
        shown = f"(given by {SEED_NAMES[roles[0]]} or SEED_DEFAULT_PASSWORD)" if word.given else word.plain
        lines.append(f"{email:42} {' + '.join(r.value for r in roles):24} {name + ' ' + surname:32} {shown}")
    return lines
