"""A provider of identities that speaks OpenID Connect: discovery, authorize, token, keys, userinfo; hostile as told."""

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.web.server import Service, drip

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "our-client", "our:secret/of words"


class House(Service):
    """Signs in whoever `person` is at once. `token` and `described` are changes to what it tells; `fault` a whole other answer."""

    def __init__(self) -> None:
        super().__init__()
        self.person: dict[str, Any] = {
            "sub": "248289761001",
            "email": "nora@example.edu",
            "email_verified": True,
            "given_name": "Nora",
            "family_name": "Newcomer",
        }
        self.told_later: dict[str, Any] = {}  # by userinfo only
        self.token: dict[str, Any] = {}
        self.described: dict[str, Any] = {}
        self.faults: dict[str, Any] = {}  # path -> answer
        self.key, self.kid, self.shown_kid, self.alg = KEY, "key-1", "key-1", "RS256"
        self._codes: dict[str, dict[str, str]] = {}

    def answer(self, method: str, path: str, fields: dict[str, str], headers: dict[str, str]) -> Any:
        if path in self.faults:
            fault = self.faults[path]
            return (200, drip(self), {}) if fault == "slow" else fault
        return {
            "/.well-known/openid-configuration": self._describe,
            "/authorize": self._authorize,
            "/token": self._token,
            "/keys": self._keys,
            "/userinfo": self._userinfo,
        }[path](fields, headers)

    def _describe(self, fields: dict[str, str], headers: dict[str, str]) -> Any:
        places = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in
                  (("authorization", "authorize"), ("token", "token"), ("userinfo", "userinfo"))}  # fmt: skip
        return {"issuer": self.url, **places, "jwks_uri": f"{self.url}/keys", **self.described}

    def _authorize(self, fields: dict[str, str], headers: dict[str, str]) -> Any:
        assert fields["response_type"] == "code" and fields["code_challenge_method"] == "S256"
        assert "openid" in fields["scope"].split() and fields["client_id"] == CLIENT
        code = secrets.token_urlsafe(8)
        self._codes[code] = fields
        back = f"{fields['redirect_uri']}?{urlencode({'code': code, 'state': fields['state'], 'iss': self.url})}"
        return 302, b"", {"Location": back}

    def _token(self, fields: dict[str, str], headers: dict[str, str]) -> Any:
        asked = self._codes.pop(fields.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(fields["code_verifier"].encode()).digest()).decode().rstrip("=")
        if (
            asked is None
            or proof != asked["code_challenge"]
            or fields["redirect_uri"] != asked["redirect_uri"]
            or not self._knows(fields, headers)
        ):
            return 400, {"error": "invalid_grant"}, {}
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self._signed(asked["nonce"])}

    def _knows(self, fields: dict[str, str], headers: dict[str, str]) -> bool:
        if "client_secret_basic" not in self.described.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        ):
            return (fields.get("client_id"), fields.get("client_secret")) == (CLIENT, SECRET)
        pair = base64.b64decode(headers["authorization"].removeprefix("Basic ")).decode()
        return pair == "our-client:our%3Asecret%2Fof%20words"

    def _signed(self, nonce: str) -> str:
        moment = int(time.time())
        told = {"iss": self.url, "aud": CLIENT, "exp": moment + 300, "iat": moment, "nonce": nonce, **self.person}
        told = {name: value for name, value in {**told, **self.token}.items() if value is not None}
        key = "a secret of thirty-two characters" if self.alg == "HS256" else None if self.alg == "none" else self.key
        return jwt.encode(told, key, algorithm=self.alg, headers={"kid": self.kid})

    def _keys(self, fields: dict[str, str], headers: dict[str, str]) -> Any:
        shown = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [{**shown, "kid": self.shown_kid, "use": "sig", "alg": "RS256"}]}

    def _userinfo(self, fields: dict[str, str], headers: dict[str, str]) -> Any:
        assert headers["authorization"] == "Bearer opaque"
        return {"sub": self.person["sub"], **self.told_later}
