"""The demonstration site: its cast and story, its passwords, and where it refuses to be."""

import stat

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from superviseme.accounts.models import Person
from superviseme.notifications.models import Notice
from superviseme.theses.models import Thesis
from superviseme.theses.states import State

TWELVE = """admin@supervise.me j.smith@university.edu e.johnson@university.edu m.garcia@university.edu
alice.johnson@university.edu bob.williams@university.edu maria.rodriguez@university.edu alice.doe@student.university.edu
bob.wilson@student.university.edu carol.brown@student.university.edu david.miller@student.university.edu
eva.clark@student.university.edu""".split()


@pytest.fixture
def seeded(db, settings, tmp_path, monkeypatch):
    settings.SITE_MODE, settings.DATA_DIR = "demo", tmp_path
    monkeypatch.setenv("SEED_STUDENT_PASSWORD", "given by hand")
    call_command("seed_demo")
    return tmp_path / "demo-accounts.txt"


def test_cast_states_and_passwords(seeded):
    """One test, because telling the story takes seconds."""
    kept = seeded.read_text()
    made = next(line.split()[-1] for line in kept.splitlines() if line.startswith("j.smith@"))
    assert set(TWELVE) <= set(Person.objects.values_list("email", flat=True))
    assert Person.objects.count() == 19
    assert set(Thesis.objects.values_list("state", flat=True)) == set(State.values)
    assert Person.objects.get(email="eva.clark@student.university.edu").check_password("given by hand")
    assert Person.objects.get(email="j.smith@university.edu").check_password(made)
    assert "given by hand" not in kept
    told = Notice.objects.order_by("pk").values_list("created_at", flat=True)
    assert list(told) == sorted(told)  # an inbox shows the newest row first
    assert stat.S_IMODE(seeded.stat().st_mode) == 0o600


def test_it_goes_only_into_an_empty_demonstration_site(alice, settings):
    settings.SITE_MODE = "demo"
    with pytest.raises(CommandError, match="people already"):
        call_command("seed_demo")
    settings.SITE_MODE = "production"
    with pytest.raises(CommandError, match="SITE_MODE"):
        call_command("seed_demo")
