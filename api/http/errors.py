"""Errors that only HTTP can have; `problems` says which status each one is."""

from __future__ import annotations

from graph.errors import GraphError
from graph.ledger.roles import Caller


class CursorExpired(GraphError):
    """The data, the day or the service changed since the first page was answered."""

    code = "cursor_expired"


class NoSuchPath(GraphError):
    """No endpoint answers at that path."""

    code = "no_such_path"


class WrongMethod(GraphError):
    """The path exists, the method does not."""

    code = "wrong_method"


class BadRequest(GraphError):
    """The request could not be read at all."""

    code = "bad_request"


class Unauthorized(GraphError):
    """The request has no valid key or token."""

    code = "unauthorized"
    about_zh = "请在 Authorization 头中以 Bearer 给出有效的密钥或令牌。"
    about_en = "Send a key or token that holds, as Bearer in the header Authorization."

    def __init__(self) -> None:
        super().__init__(self.about_zh, self.about_en)


class TooMany(GraphError):
    """More requests than the rate that one sender may have; `seconds` until there is room.

    `caller` is None where the sender was not recognised.
    """

    code = "too_many_requests"

    def __init__(self, seconds: int, caller: Caller | None = None) -> None:
        self.caller = caller
        super().__init__(
            f"请求过多，请 {seconds} 秒后再试。", f"too many requests: try again in {seconds} s."
        )
        self.headers = {"Retry-After": str(seconds)}


class TooLarge(GraphError):
    """The body of the request is larger than any question."""

    code = "request_too_large"

    def __init__(self, most: int) -> None:
        mebi = most >> 20
        if mebi == 1:
            zh, en = f"请求正文超过 {most} 字节。", f"the body of the request exceeds {most} bytes."
        else:
            zh = f"文件超过 {mebi} MiB，未接收；请分成几个工作簿，或把 CSV 目录压缩为 .zip 后上传。"
            en = f"the file exceeds {mebi} MiB and was not taken: split it, or send CSV packed as .zip."
        super().__init__(zh, en, subject="body")


class Unexpected(GraphError):
    """A mistake of the service itself; the log has the details."""

    code = "unexpected"
    about_zh = "服务内部出错，详情见服务日志。"
    about_en = "The service made a mistake; its log has the details."

    def __init__(self) -> None:
        super().__init__(self.about_zh, self.about_en)
