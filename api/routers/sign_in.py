"""The log-in of the page at the identity provider: where it is, and a token for the code that it gave.

Outside of what the gate guards, since no caller is known yet: counted by address, on record by outcome.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.documents.envelope_shapes import answers
from api.http.doorkeeper import Access, Doorkeeper
from api.http.problems import kind_of
from api.http.record import record
from graph.errors import NotFound
from graph.ledger.provider import Granted, LogInRefused, Provider

LONGEST = 4_000
"""Characters of a code; some providers pack a whole session into it."""
Short = Annotated[str, Field(min_length=1, max_length=500)]

router = APIRouter(prefix="/sign-in", tags=["access"])


class SignInShape(BaseModel):
    """网页的登录方式。 Where the page logs in; all null where it takes keys only."""

    page: str | None = Field(description="登录页的地址 / address of the provider's page")
    client: str | None = Field(description="客户端编号 / under which client")
    scope: str | None = Field(description="请求的范围 / which scope is asked for")


class CodeGiven(BaseModel):
    """签发者交回的授权码及其凭据。 The provider's code, and what proves that this page asked for it."""

    code: Annotated[str, Field(min_length=1, max_length=LONGEST)] = Field(description="授权码 / the code")
    verifier: Annotated[str, Field(min_length=43, max_length=128)] = Field(
        description="PKCE 的 code_verifier / of which the page sent the digest"
    )
    back: Short = Field(description="交回的地址 / redirect_uri to which the code came")
    nonce: Short = Field(description="随机数 / that the ID token has to bear")


class RenewalGiven(BaseModel):
    """续期凭据。 What the provider gave to renew a log-in with."""

    renewal: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class TokenShape(BaseModel):
    """可用的令牌。 A token that opens the service, as Bearer like a key."""

    token: str
    seconds: int = Field(description="尚有多少秒有效 / seconds that it holds")
    renewal: str | None = Field(
        description="续期凭据，签发者未给则为 null / what renews it; null if none was given"
    )


@router.get("", summary="网页在哪里登录 / Where the page logs in", responses=answers(SignInShape))
async def sign_in(request: Request) -> Response:
    """统一身份认证的登录页；未设时各项为 null。 The provider's log-in page, if one is set; else nulls.

    签发者没有应答时 503。 503 while the provider does not answer.
    """
    doorkeeper, address = _known(request)
    await doorkeeper.count_nameless(address)
    provider = doorkeeper.provider
    if provider is None:
        return _plain({"page": None, "client": None, "scope": None})
    scope = request.app.state.service.graph.settings.oidc_scope
    return _plain({"page": await provider.page(), "client": provider.client, "scope": scope})


@router.post("", summary="以授权码换令牌 / A token for a code", responses=answers(TokenShape))
async def exchange(request: Request, given: CodeGiven) -> Response:
    """授权码加 PKCE（OpenID Connect）的后半段。 The second half of authorization code with PKCE.

    签发者不认可时 403，没有应答时 503，未设签发者时 404。 403 where the provider refuses, 503 while it does
    not answer, 404 where none is set.
    """
    return await _grant(
        request, lambda provider: provider.exchange(given.code, given.verifier, given.back, given.nonce)
    )


@router.post("/renewal", summary="续期 / A later token of the same log-in", responses=answers(TokenShape))
async def renew(request: Request, given: RenewalGiven) -> Response:
    """令牌将到期时续期，不打断正在做的事。 So that a token that ends soon does not interrupt work.

    答复同 POST /sign-in。 Answers as POST /sign-in does.
    """
    return await _grant(request, lambda provider: provider.renew(given.renewal))


async def _grant(request: Request, ask: Callable[[Provider], Awaitable[Granted]]) -> Response:
    doorkeeper, address = _known(request)
    await doorkeeper.count_nameless(address)
    provider = _required(doorkeeper)
    state = request.app.state
    try:
        granted = await ask(provider)
    except LogInRefused as error:
        await state.refusals.add(request.scope, kind_of(type(error)).status, address, None)
        raise
    access = Access(granted.caller, None, personal=False)
    await record(state.service.graph.ledger, request.scope, access, 200, address=address)
    return _plain({"token": granted.token, "seconds": granted.seconds, "renewal": granted.renewal})


def _known(request: Request) -> tuple[Doorkeeper, str]:
    """Who counts, and the sender's address."""
    return request.app.state.doorkeeper, request.client.host if request.client else "unknown"


def _required(doorkeeper: Doorkeeper) -> Provider:
    if doorkeeper.provider is None:
        raise NotFound(
            "本服务未设统一身份认证（COBUILD_OIDC_CLIENT），请用密钥登录。",
            "no identity provider is set for the page (COBUILD_OIDC_CLIENT): log in with a key.",
            subject="COBUILD_OIDC_CLIENT",
        )
    return doorkeeper.provider


def _plain(found: dict[str, object]) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(found), headers=headers, media_type="application/json")
