"""The environment: typed, from files where it is secret, refused in a sentence when it cannot be meant."""

import stat

import pytest

from superviseme.config import env as read
from superviseme.config.env import Environment, Misconfigured
from superviseme.config.names import KNOWN_KEYS

GOOD = "9f2c4b7a1d5e8063fa417cbe92d0356188ab4ce7d19f6023b5748ea0c3d2f196"


def test_what_is_unset_or_empty_has_its_default():
    assert (Environment({})("PORT"), Environment({"PORT": ""})("PORT")) == (8080, 8080)


@pytest.mark.parametrize(
    "name, text, value",
    [
        ("PORT", "9000", 9000),
        ("DEMO_DATA", "0", False),
        ("DEMO_DATA", "Yes", True),
        ("ALLOWED_HOSTS", "a.org, b.org,", ["a.org", "b.org"]),
    ],
)
def test_values_have_their_type(name, text, value):
    assert Environment({name: text})(name) == value


@pytest.mark.parametrize(
    "name, text",
    [
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PORT", "²"),
        ("PORT", "eighty"),
        ("DEMO_DATA", "perhaps"),
        ("ROLE", "cook"),
        ("SITE_MODE", "prod"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_by_name(name, text):
    with pytest.raises(Misconfigured, match=f"^{name} is «"):
        Environment({name: text})(name)


def test_a_secret_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text(f"{GOOD}\n")
    assert Environment({"SECRET_KEY_FILE": str(tmp_path / "key")})("SECRET_KEY") == GOOD


def test_a_secret_in_two_places_or_in_none_is_refused(tmp_path):
    with pytest.raises(Misconfigured, match="both set"):
        Environment({"SECRET_KEY": GOOD, "SECRET_KEY_FILE": "x"})("SECRET_KEY")
    with pytest.raises(Misconfigured, match="cannot be read"):
        Environment({"SECRET_KEY_FILE": str(tmp_path / "none")})("SECRET_KEY")


def test_the_file_knows_what_it_may_hold_and_suggests_what_was_meant(tmp_path):
    (tmp_path / ".env").write_text("SECRTE_KEY=abc\n")
    with pytest.raises(Misconfigured, match="SECRTE_KEY, which nothing here reads. Did you mean SECRET_KEY?"):
        Environment({}, file=tmp_path / ".env")


def test_the_environment_wins_over_the_file(tmp_path):
    (tmp_path / ".env").write_text("PORT=1111\nSITE_NAME='Theses of # Example'\nOIDC_CAMPUS_CLIENT_ID=x\n")
    found = Environment({"PORT": "2222"}, file=tmp_path / ".env")
    assert (found("PORT"), found("SITE_NAME")) == (2222, "Theses of # Example")


def test_unknown_names_outside_the_file_are_nobodys_business():
    assert Environment({"HOME": "/home/ada", "PORTT": "1"})("PORT") == 8080


def test_names_of_the_predecessor_warn_and_harm_nothing():
    with pytest.warns(UserWarning, match="FLASK_ENV"):
        Environment({"FLASK_ENV": "production"})


BAD_KEYS = [
    *("", "tiny-one", "x" * 80, "abcabcabc" * 9, "0123456789" * 6, " " * 60, "\t" * 60, "1" * 64, "ab" * 40),
    *(f"django-insecure-{GOOD}", f"change-me-{GOOD}", f"{GOOD}changeme", f"{GOOD}-your-secret-key"),
    *(GOOD[:length] for length in (9, 12, 16, 20, 24, 30, 32, 36, 40, 44, 48, 49)),
    *(key for known in KNOWN_KEYS for key in (known, known.upper() * 4)),
]


def test_forty_bad_keys_are_tried():
    assert len(set(BAD_KEYS)) >= 40


@pytest.mark.parametrize("key", BAD_KEYS)
def test_production_refuses_a_bad_key_without_showing_it(key, tmp_path):
    with pytest.raises(Misconfigured) as refusal:
        read.secret_key(Environment({"SECRET_KEY": key}), "production", tmp_path)
    assert len(key) < 9 or key not in str(refusal.value)


def test_production_takes_a_good_key(tmp_path):
    assert read.secret_key(Environment({"SECRET_KEY": GOOD}), "production", tmp_path) == GOOD


def test_demo_makes_a_key_once_that_only_its_owner_reads(tmp_path):
    made = [read.secret_key(Environment({}), "demo", tmp_path) for _ in range(2)]
    assert (made[0] == made[1], read.key_problem(made[0])) == (True, "")
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["secret_key"]


PG = {"PG_HOST": "db", "PG_DBNAME": "theses", "PG_USER": "u", "PG_PASSWORD": "p@ss/word"}


def test_parts_make_an_address_with_strange_characters_kept(tmp_path):
    found = read.database(Environment(PG), "test", tmp_path)
    assert (found["HOST"], found["NAME"], found["PASSWORD"], found["PORT"]) == ("db", "theses", "p@ss/word", 5432)


def test_both_ways_may_name_one_database_but_not_two(tmp_path):
    same = Environment({**PG, "DATABASE_URL": "postgresql://u:p@db/theses"})
    other = Environment({**PG, "DATABASE_URL": "postgresql://u:p@db/other"})
    assert read.database_url(same, tmp_path).endswith("/theses")
    with pytest.raises(Misconfigured, match="different databases"):
        read.database_url(other, tmp_path)


@pytest.mark.parametrize("url", ["mysql://u:p@db/x", "nonsense", "://"])
def test_other_databases_are_not_served(url, tmp_path):
    with pytest.raises(Misconfigured, match="DATABASE_URL"):
        read.database(Environment({"DATABASE_URL": url}), "test", tmp_path)


def test_without_any_it_is_sqlite_that_does_not_lock(tmp_path):
    found = read.database(Environment({}), "demo", tmp_path)
    assert (found["ENGINE"], found["OPTIONS"]["transaction_mode"]) == ("django.db.backends.sqlite3", "IMMEDIATE")


def test_hosts_follow_the_address_of_the_site():
    found = read.allowed_hosts(Environment({}), "https://theses.example.edu")
    assert found == ["theses.example.edu", "localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("url", ["theses.example.edu", "ftp://x", "https://x/path"])
def test_an_address_of_the_site_that_is_none_is_refused(url):
    with pytest.raises(Misconfigured, match="BASE_URL"):
        read.base_url(Environment({"BASE_URL": url}))


def test_a_demonstration_sends_mail_to_this_machine_only():
    assert read.mail_server(Environment({"MAIL_SERVER": "localhost"}), "demo") == "localhost"
    with pytest.raises(Misconfigured, match="this machine only"):
        read.mail_server(Environment({"MAIL_SERVER": "mail.example.org"}), "demo")


@pytest.mark.parametrize(
    "values, expected",
    [({"MAIL_SERVER": "mail.x"}, True), ({"MAIL_SERVER": "localhost"}, False), ({"MAIL_USE_SSL": "1"}, False)],
)
def test_starttls_is_on_unless_the_server_is_this_machine_or_speaks_tls_already(values, expected):
    assert read.mail_uses_tls(Environment(values)) is expected


@pytest.mark.parametrize("values", [{"SITE_TIME_ZONE": "Rome"}, {"SITE_TIME_ZONE": "../etc/passwd"}])
def test_a_zone_nobody_knows_is_refused(values):
    with pytest.raises(Misconfigured, match="SITE_TIME_ZONE"):
        read.time_zone(Environment(values))


def test_the_predecessors_database_is_never_ours(tmp_path):
    with pytest.warns(UserWarning, match="import_predecessor"):
        old = Environment({"SQLALCHEMY_DATABASE_URI": "sqlite:////srv/old/dashboard.db"})
    assert read.database(old, "demo", tmp_path)["NAME"] == str(tmp_path / "superviseme.sqlite3")
