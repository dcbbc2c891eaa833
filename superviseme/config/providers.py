"""Which providers people may sign in with: those whose names stand in the environment."""

import re

from superviseme.accounts.providers.provider import ORCID, Provider

from .env import LOOPBACK, Environment, Misconfigured, is_on_this_machine
from .names import Name

_OIDC = re.compile(r"OIDC_([A-Z0-9]+)_(?:ISSUER|CLIENT_ID|CLIENT_SECRET|CLIENT_SECRET_FILE)")
OURS = ("google", ORCID)


def providers(environment: Environment, mode: str) -> tuple[Provider, ...]:
    """In the order they are shown: Google, ORCID, then the others by name."""
    found = [_google(environment), _orcid(environment), *(_oidc(environment, name) for name in _names(environment))]
    for one in found:
        if one:
            _check_issuer(one, mode)
    return tuple(one for one in found if one)


def secrets_of(environment: Environment) -> list[str]:
    """Secrets under names that no table lists."""
    found = (_text(environment, f"OIDC_{name}_CLIENT_SECRET", secret=True) for name in _names(environment))
    return [secret for secret in found if len(secret) >= 6]


def _google(environment: Environment) -> Provider | None:
    given = _pair("GOOGLE", environment("GOOGLE_CLIENT_ID"), environment("GOOGLE_CLIENT_SECRET"))
    return Provider("google", "Google", "https://accounts.google.com", *given) if given else None


def _orcid(environment: Environment) -> Provider | None:
    """`openid` stands for /authenticate and brings a signed answer, which /authenticate alone does not."""
    given = _pair("ORCID", environment("ORCID_CLIENT_ID"), environment("ORCID_CLIENT_SECRET"))
    further = [scope for scope in environment("ORCID_SCOPE").split() if scope not in ("/authenticate", "openid")]
    if not given:
        return None
    return Provider(
        ORCID, "ORCID", environment("ORCID_ISSUER").rstrip("/"), *given, scope=" ".join(["openid", *further])
    )


def _oidc(environment: Environment, name: str) -> Provider:
    issuer = _text(environment, f"OIDC_{name}_ISSUER")
    given = _pair(
        f"OIDC_{name}",
        _text(environment, f"OIDC_{name}_CLIENT_ID"),
        _text(environment, f"OIDC_{name}_CLIENT_SECRET", secret=True),
    )
    if not issuer or not given:
        raise Misconfigured(f"OIDC_{name} needs all three: _ISSUER, _CLIENT_ID and _CLIENT_SECRET.")
    if name.lower() in OURS:
        raise Misconfigured(f"OIDC_{name} has a name that stands for another provider; choose a different one.")
    return Provider(name.lower(), name.capitalize(), issuer, *given)


def _pair(name: str, client_id: str, secret: str) -> tuple[str, str] | None:
    if bool(client_id) != bool(secret):
        missing = "CLIENT_SECRET" if client_id else "CLIENT_ID"
        raise Misconfigured(f"{name}_{missing} is missing: sign-in needs the id and the secret.")
    return (client_id, secret) if client_id else None


def _names(environment: Environment) -> list[str]:
    matches = (_OIDC.fullmatch(name) for name, value in environment.values.items() if value)
    return sorted({match[1] for match in matches if match})


def _text(environment: Environment, name: str, *, secret: bool = False) -> str:
    return environment.text(Name(name, "", secret=secret))


def _check_issuer(provider: Provider, mode: str) -> None:
    here = is_on_this_machine(provider.issuer)
    if not provider.issuer.startswith("https://") and not (here and provider.issuer.startswith("http://")):
        raise Misconfigured(
            f"The issuer of {provider.name} is «{provider.issuer}»; it looks like https://login.example.edu."
        )
    if mode == "demo" and not here:
        raise Misconfigured(
            f"{provider.name} is {provider.issuer}, but a demonstration site talks to this machine only ({', '.join(LOOPBACK[:2])})."
        )
