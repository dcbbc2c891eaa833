"""A provider as the environment names it, and what it says about a person. Read by the settings: no Django here."""

from dataclasses import dataclass

ORCID = "orcid"


@dataclass(frozen=True)
class Provider:
    key: str  # in our addresses: google, orcid, or the <NAME> of OIDC_<NAME>_… in lower case
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scope: str = "openid email profile"


@dataclass(frozen=True)
class Claims:
    """Who somebody is to a provider: issuer and subject are the key, everything else is hearsay."""

    issuer: str
    subject: str
    email: str = ""
    email_is_verified: bool = False
    name: str = ""
    surname: str = ""
