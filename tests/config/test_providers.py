"""Which providers the environment switches on."""

import pytest

from superviseme.config.env import Environment, Misconfigured
from superviseme.config.providers import providers, secrets_of

CAMPUS = {
    "OIDC_CAMPUS_ISSUER": "https://login.example.edu/realm",
    "OIDC_CAMPUS_CLIENT_ID": "us",
    "OIDC_CAMPUS_CLIENT_SECRET": "a secret of ours",
}
GOOGLE = {"GOOGLE_CLIENT_ID": "us", "GOOGLE_CLIENT_SECRET": "s"}


def test_none_is_on_by_itself() -> None:
    assert providers(Environment({}), "production") == ()


def test_each_is_switched_on_by_its_names() -> None:
    found = providers(
        Environment({**CAMPUS, **GOOGLE, "ORCID_CLIENT_ID": "us", "ORCID_CLIENT_SECRET": "s"}), "production"
    )

    assert [(one.key, one.name, one.issuer, one.scope) for one in found] == [
        ("google", "Google", "https://accounts.google.com", "openid email profile"),
        ("orcid", "ORCID", "https://orcid.org", "openid"),
        ("campus", "Campus", "https://login.example.edu/realm", "openid email profile"),
    ]


def test_further_scopes_of_orcid_are_asked_for() -> None:
    environment = Environment(
        {"ORCID_CLIENT_ID": "us", "ORCID_CLIENT_SECRET": "s", "ORCID_SCOPE": "/authenticate /read-limited"}
    )

    assert providers(environment, "production")[0].scope == "openid /read-limited"


def test_a_secret_may_stand_in_a_file_and_is_masked(tmp_path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    names = {k: v for k, v in CAMPUS.items() if "SECRET" not in k}
    environment = Environment({**names, "OIDC_CAMPUS_CLIENT_SECRET_FILE": str(tmp_path / "secret")})

    assert providers(environment, "production")[0].client_secret == "from a file"
    assert secrets_of(environment) == ["from a file"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"GOOGLE_CLIENT_ID": "us"}, "GOOGLE_CLIENT_SECRET is missing"),
        ({"OIDC_CAMPUS_CLIENT_SECRET": "s"}, "OIDC_CAMPUS_CLIENT_ID is missing"),
        ({"OIDC_CAMPUS_ISSUER": "https://x.example"}, "needs all three"),
        ({**CAMPUS, "OIDC_CAMPUS_ISSUER": "http://login.example.edu"}, "looks like https"),
        ({key.replace("CAMPUS", "GOOGLE"): value for key, value in CAMPUS.items()}, "another provider"),
    ],
)
def test_half_a_provider_is_said_in_one_sentence(names: dict[str, str], words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        providers(Environment(names), "production")


def test_a_demonstration_site_has_providers_of_this_machine_only() -> None:
    with pytest.raises(Misconfigured, match="this machine only"):
        providers(Environment(GOOGLE), "demo")

    local = Environment({**CAMPUS, "OIDC_CAMPUS_ISSUER": "http://127.0.0.1:9000"})
    assert providers(local, "demo")[0].issuer == "http://127.0.0.1:9000"
