"""An identity provider of this machine: its keys, tokens as it signs them, and a log-in by code with PKCE.

It keeps the rules of a provider: a code is taken once, from the client and for the address that it was given
to, and from nobody but who knows what the digest was of.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER, AUDIENCE = "https://id.example", "cobuild"
WHO = f"{ISSUER}#u-17"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def key_set() -> dict[str, Any]:
    """The provider's published keys."""
    first = json.loads(RSAAlgorithm.to_jwk(RSA_KEY.public_key()))
    second = json.loads(ECAlgorithm.to_jwk(EC_KEY.public_key()))
    return {
        "keys": [
            first | {"kid": "r", "use": "sig", "alg": "RS256"},
            second | {"kid": "e", "use": "sig", "alg": "ES256"},
        ]
    }


def claims(**changed: Any) -> dict[str, Any]:
    """Those of a good token; None takes one away."""
    given = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "u-17",
        "exp": time.time() + 300,
        "preferred_username": "示例科",
        "cobuild_role": "analyst",
        "cobuild_area": "990101001001",
        **changed,
    }
    return {name: value for name, value in given.items() if value is not None}


def signed(key: Any = RSA_KEY, kid: str = "r", algorithm: str = "RS256", **changed: Any) -> str:
    """A token."""
    return jwt.encode(claims(**changed), key, algorithm=algorithm, headers={"kid": kid})


@dataclass
class Identity:
    """A provider that answers, and what it was asked."""

    address: str = ""
    secret: str | None = None
    opaque: bool = True
    """Whether its access tokens say nothing, so that the ID token has to do."""
    nonce: str | None = None
    """What its ID tokens bear instead of what was sent."""
    claims: dict[str, Any] = field(default_factory=dict)
    lifetime: float = 300.0
    discovery: dict[str, Any] = field(default_factory=dict)
    """What its discovery document says otherwise."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    renewals: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to; everybody is let in at once."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Tokens for a code or a renewal."""
        if form.get("client_secret") != self.secret:
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "refresh_token":
            nonce = self.renewals.pop(form["refresh_token"], None)
        else:
            begun = self.codes.pop(form["code"], None)
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
            held = begun and all(begun[name] == form[name] for name in ("client_id", "redirect_uri"))
            nonce = begun["nonce"] if begun and held and begun["code_challenge"] == challenge else None
        if nonce is None:
            return 400, {"error": "invalid_grant"}
        renewal = secrets.token_urlsafe(16)
        self.renewals[renewal] = nonce
        given = {"iss": self.address, "exp": time.time() + self.lifetime, **self.claims}
        return 200, {
            "access_token": "opaque" if self.opaque else signed(**given),
            "token_type": "Bearer",
            "id_token": signed(nonce=self.nonce or nonce, **given),
            "refresh_token": renewal,
        }

    def document(self) -> dict[str, Any]:
        """What it publishes about itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            **self.discovery,
        }


@contextmanager
def answering() -> Iterator[Identity]:
    """The provider on a port of this machine."""
    identity = Identity()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = urlsplit(self.path).path, urlsplit(self.path).query
            identity.asked.append(path)
            if path == "/authorize":
                self.send_response(302)
                self.send_header(
                    "Location", identity.authorize({k: v[0] for k, v in parse_qs(query).items()})
                )
                self.end_headers()
            else:
                self._give(200, key_set() if path == "/keys" else identity.document())

        def do_POST(self) -> None:
            identity.asked.append(self.path)
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._give(*identity.token({k: v[0] for k, v in parse_qs(text).items()}))

        def _give(self, status: int, found: dict[str, Any]) -> None:
            body = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    identity.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield identity
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
