"""OpenID Connect as far as we speak it: the code flow with state, nonce and PKCE.

Every signed answer is checked: signature, issuer, audience, time, nonce. Tokens are read and thrown away.
"""

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from superviseme.web.elsewhere import Answer, Away, ask, is_allowed
from superviseme.web.later import later
from superviseme.web.text import one_line

from .provider import Claims, Provider

jwt = later("jwt")
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
KEPT = 600.0  # seconds that a provider's description and keys are remembered
WITHIN = 5.0  # seconds for one question
CLOCKS_DIFFER = 60  # seconds

_asking = threading.BoundedSemaphore(2)  # a slow provider must not hold every thread of the site
_known: dict[str, tuple[float, Any]] = {}


class Nonsense(Exception):
    """The provider answered, but not what it must; nobody is signed in by that. The words are for administrators."""


def address(provider: Provider, *, state: str, nonce: str, verifier: str, back: str) -> str:
    """Where the browser goes to sign in; the provider sends it back to `back`."""
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": provider.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    place = _endpoint(_described(provider), "authorization_endpoint")
    return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"


def claims(provider: Provider, *, code: str, nonce: str, verifier: str, back: str, iss: str = "") -> Claims:
    """Who came back with this code. Raises Away or Nonsense."""
    described = _described(provider)
    if iss and iss != described["issuer"]:
        raise Nonsense("Another issuer answered than was asked.")
    tokens = _exchange(provider, described, code=code, verifier=verifier, back=back)
    told = _checked(provider, described, str(tokens.get("id_token") or ""), nonce)
    if "email" not in told or "email_verified" not in told:
        told = {**_more(described, str(tokens.get("access_token") or ""), told["sub"]), **told}
    return _read(described["issuer"], told)


def _exchange(provider: Provider, described: dict[str, Any], *, code: str, verifier: str, back: str) -> dict[str, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    headers = {}
    ways = described.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" in ways:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    with _one_of_few():
        answer = ask("POST", _endpoint(described, "token_endpoint"), form=form, headers=headers, within=WITHIN)
    return _object(answer)


def _checked(provider: Provider, described: dict[str, Any], token: str, nonce: str) -> dict[str, Any]:
    """What a signed answer says, when it is for us, of now, and for this very question."""
    try:
        header = jwt.get_unverified_header(token)
        told = jwt.decode(
            token,
            key=_key(described, header),
            algorithms=[header["alg"]],
            audience=provider.client_id,
            issuer=described["issuer"],
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as problem:
        raise Nonsense(f"The signed answer does not hold: {type(problem).__name__}.") from None
    if told.get("nonce") != nonce:
        raise Nonsense("The signed answer is not for this question.")
    if isinstance(told["aud"], list) and len(told["aud"]) > 1 and told.get("azp") != provider.client_id:
        raise Nonsense("The signed answer is for somebody else.")
    if not isinstance(told["sub"], str) or not 0 < len(told["sub"]) <= 255:
        raise Nonsense("The signed answer names nobody.")
    return told


def _key(described: dict[str, Any], header: dict[str, Any]) -> Any:
    """The provider's key that signed; asked anew once, for keys change."""
    if header.get("alg") not in SIGNED_BY:
        raise Nonsense("The answer is not signed by a key of the provider.")
    place = _endpoint(described, "jwks_uri")
    for anew in (False, True):
        for key in _remembered(place, anew=anew).get("keys") or []:
            if isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("kid") == header.get("kid"):
                return jwt.PyJWK(key, algorithm=header["alg"])
    raise Nonsense("The answer is signed by a key that the provider does not show.")


def _more(described: dict[str, Any], token: str, subject: str) -> dict[str, Any]:
    """What the provider tells besides; nobody is refused when it tells nothing."""
    if not token or not described.get("userinfo_endpoint"):
        return {}
    try:
        with _one_of_few():
            bearer = {"Authorization": f"Bearer {token}"}
            found = _object(ask("GET", _endpoint(described, "userinfo_endpoint"), headers=bearer, within=WITHIN))
    except (Away, Nonsense):
        return {}
    return found if found.get("sub") == subject else {}


def _read(issuer: str, told: dict[str, Any]) -> Claims:
    name, surname = _line(told, "given_name"), _line(told, "family_name")
    if not name and not surname:
        name, _, surname = _line(told, "name").partition(" ")
    verified = told.get("email_verified") in (True, "true")
    email = _email(told)
    return Claims(issuer, told["sub"], email, verified and bool(email), name, surname)


def _line(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return one_line(value)[:150] if isinstance(value, str) else ""


def _email(told: dict[str, Any]) -> str:
    found = _line({"email": told.get("email")}, "email").lower()
    try:
        validate_email(found)
    except ValidationError:
        return ""
    return found


def _described(provider: Provider) -> dict[str, Any]:
    found = _remembered(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if str(found.get("issuer") or "").rstrip("/") != provider.issuer.rstrip("/"):
        raise Nonsense("The provider calls itself by another name than it is configured with.")
    return found


def _endpoint(described: dict[str, Any], name: str) -> str:
    found = described.get(name)
    if not isinstance(found, str) or not is_allowed(found):
        raise Nonsense(f"The provider names no usable {name}.")
    return found


def _remembered(place: str, *, anew: bool = False) -> dict[str, Any]:
    kept = _known.get(place)
    if kept and not anew and kept[0] > time.monotonic():
        return kept[1]
    with _one_of_few():
        found = _object(ask("GET", place, within=WITHIN))
    _known[place] = (time.monotonic() + KEPT, found)
    return found


def _object(answer: Answer) -> dict[str, Any]:
    if answer.status >= 500 or answer.status == 429:
        raise Away(f"The provider answers {answer.status}.")
    if answer.status != 200:
        raise Nonsense(f"The provider answers {answer.status}.")
    found = answer.json()
    if not isinstance(found, dict):
        raise Nonsense("The answer is not what it must be.")
    return found


@contextmanager
def _one_of_few() -> Iterator[None]:
    if not _asking.acquire(timeout=1.0):
        raise Away("Others are waiting for a provider already.")
    try:
        yield
    finally:
        _asking.release()
