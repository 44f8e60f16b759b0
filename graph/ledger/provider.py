"""The log-in of the page at an identity provider: OpenID Connect's authorization code with PKCE.

The page sends the browser to the provider and comes back with a code. The service exchanges the code for
tokens: the page may speak with no other origin, and the secret of a confidential client stays here. What
the provider answers counts only as far as `Tokens` finds it good.
"""

from __future__ import annotations

import logging
import ssl
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from graph.errors import GraphError
from graph.ledger.roles import Caller
from graph.ledger.tokens import PATIENCE, Tokens, claims_of

LOG = logging.getLogger("cobuild.ledger")
WELL_KNOWN = "/.well-known/openid-configuration"
AGE = 300.0
"""Seconds for which the provider's addresses are taken as they were."""
MOST_ANSWER = 1 << 20
"""Bytes of an answer of the provider."""


class ProviderUnavailable(GraphError):
    """The identity provider does not answer, or answers what is no OpenID Connect; keys still open."""

    code = "provider_unavailable"

    def __init__(self, why_zh: str, why_en: str) -> None:
        super().__init__(
            f"统一身份认证暂不可用：{why_zh}；可稍后再试，或用密钥登录。",
            f"the identity provider cannot be used now: {why_en}; try again later or log in with a key.",
            subject="COBUILD_OIDC_ISSUER",
        )


class LogInRefused(GraphError):
    """The provider did not take the code, or gave no token that holds; the log says which."""

    code = "log_in_refused"

    def __init__(self) -> None:
        super().__init__(
            "统一身份认证未认可这次登录，或其令牌没有本系统的角色；请重新登录，仍不行请联系管理员。",
            "the identity provider did not confirm this log-in, or its token has no role here: log in again, "
            "or ask an administrator.",
        )


@dataclass(frozen=True)
class Granted:
    """A token that holds, whose it is, for how many seconds, and what renews it if anything does."""

    token: str
    caller: Caller
    seconds: int
    renewal: str | None


class Provider:
    """An identity provider at which the page is registered as `client`."""

    def __init__(self, issuer: str, client: str, secret: str | None, tokens: Tokens) -> None:
        self.client = client
        self._issuer = issuer
        self._secret = secret
        self._tokens = tokens
        self._read: tuple[float, dict[str, str]] | None = None

    async def page(self) -> str:
        """Where the browser is sent to log in. Raises `ProviderUnavailable`."""
        return (await self._addresses())["authorization_endpoint"]

    async def exchange(self, code: str, verifier: str, back: str, nonce: str) -> Granted:
        """A token for a code; `back` is the address to which the provider sent it.

        The access token where it is one that the service takes, else the ID token. Raises `LogInRefused`,
        `ProviderUnavailable`.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": back,
            "client_id": self.client,
        }
        return await self._granted(form, nonce)

    async def renew(self, renewal: str) -> Granted:
        """A later token of the same log-in. Raises as `exchange` does."""
        form = {"grant_type": "refresh_token", "refresh_token": renewal, "client_id": self.client}
        return await self._granted(form, None)

    async def _granted(self, form: dict[str, str], nonce: str | None) -> Granted:
        if self._secret is not None:
            form["client_secret"] = self._secret
        status, said = await self._ask((await self._addresses())["token_endpoint"], form)
        if status != httpx.codes.OK:
            LOG.warning("log-in refused: the provider answers %s, %s", status, _plain(said.get("error")))
            raise LogInRefused
        for name in ("access_token", "id_token"):
            token = said.get(name)
            if not isinstance(token, str) or token.count(".") != 2:  # noqa: PLR2004 - the parts of a signed token
                continue
            caller = await self._tokens.find_caller(token)
            if caller is None:
                continue
            claims = claims_of(token)
            # What holds the nonce was made for this very log-in, not taken from another one.
            if name == "id_token" and nonce is not None and claims.get("nonce") != nonce:
                LOG.warning("token refused: its nonce is not that of the log-in")
                continue
            later = said.get("refresh_token")
            seconds = max(0, int(claims["exp"] - time.time()))
            return Granted(token, caller, seconds, later if isinstance(later, str) else None)
        raise LogInRefused

    async def _addresses(self) -> dict[str, str]:
        """What the provider publishes about itself, which has to bear its own name."""
        if self._read is not None and time.monotonic() - self._read[0] < AGE:
            return self._read[1]
        status, said = await self._ask(self._issuer.rstrip("/") + WELL_KNOWN)
        if status != httpx.codes.OK:
            raise ProviderUnavailable(f"发现文档答复 {status}", f"its discovery document answers {status}")
        if said.get("issuer") != self._issuer:
            raise ProviderUnavailable(
                "发现文档中的 issuer 与 COBUILD_OIDC_ISSUER 不同",
                "its discovery document names another issuer than COBUILD_OIDC_ISSUER",
            )
        found = {name: str(said.get(name)) for name in ("authorization_endpoint", "token_endpoint")}
        for name, address in found.items():
            if urlsplit(address).scheme not in ("https", "http"):
                raise ProviderUnavailable(f"发现文档没有 {name}", f"its discovery document has no {name}")
        self._read = time.monotonic(), found
        return found

    async def _ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        """Status and JSON of the provider's answer."""
        try:
            # The authorities that the system trusts: an intranet has one of its own.
            trusted = ssl.create_default_context()
            async with httpx.AsyncClient(timeout=PATIENCE, verify=trusted) as client:
                answer = await (client.get(address) if form is None else client.post(address, data=form))
            said = answer.json() if len(answer.content) <= MOST_ANSWER else None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            name = type(error).__name__
            raise ProviderUnavailable(f"没有应答（{name}）", f"no answer ({name})") from None
        except ValueError:
            said = None
        if not isinstance(said, dict):
            if answer.is_client_error and form is not None:
                return answer.status_code, {}
            raise ProviderUnavailable("应答不是 JSON", "its answer is no JSON")
        return answer.status_code, said


def _plain(word: object) -> str:
    """One of the words that OAuth has for errors, as the log may hold it."""
    return word if isinstance(word, str) and word.isascii() and word.isidentifier() else "no reason"
