"""The visitor: which browser asks, whether an edit comes from a page of ours, and what it is told on its next page.

Reading sets no cookie. The first edit gives the browser a key that nobody can guess, signed; it is all that is known of
whose a basket is. Besides it a browser holds the ids of what it collected, up to the size of a cookie: should the file
of all baskets ever be lost, they are found again.

An edit carries a token: signed for this browser, or, from a page that was read before there was a key, signed for
anybody; the latter counts only where the browser says by itself that the page was ours (Origin, else Referer). Browsers
on plain http to an address do not send Sec-Fetch-Site; where it is sent, it must be ours too.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from flask import Response, g, request

from search_app.errors import ForgedEdit
from search_app.web.state import site

_BROWSER, _SAID, _IDS = "basket", "basket-said", "basket-ids"
#: Bytes of passage ids that a cookie holds; browsers refuse cookies of more than 4,096.
MOST_IDS = 3_000
#: Browsers forget cookies after 400 days, however long they are asked to keep them.
_LASTS, _SAID_LASTS = 400 * 24 * 3600, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an edit did, told on the next page; ``removal`` is what can be undone."""

    text: str
    removal: int | None = None


def browser() -> str | None:
    """Return the key of the browser that asks, None where it has none or a forged one."""
    g.personal = True
    if "browser" not in g:
        secret = site().secret
        sent = request.cookies.get(secret.name(_BROWSER), "")
        key, _, signature = sent.partition(".")
        genuine = bool(key) and secret.is_signed(_BROWSER, key, signature)
        g.browser, g.tampered = key if genuine else None, bool(sent) and not genuine
    found: str | None = g.browser
    return found


def tampered() -> bool:
    """Tell whether the browser sent a key that was not given by us."""
    browser()
    return bool(g.tampered)


def keep_browser() -> str:
    """Return the key of the browser that asks, a new one where it has none; the answer hands it out."""
    if g.get("hand_out"):
        known: str = g.browser
        return known
    site().secret.keep()
    g.pop("browser", None)  # read with a draft of the secret, perhaps
    g.browser = browser() or secrets.token_urlsafe(24)
    g.hand_out = True
    found: str = g.browser
    return found


def token() -> str:
    """Return what an edit from this page must carry: written otherwise in every answer.

    So the length of compressed answers gives nothing of it away (BREACH).
    """
    signed = site().secret.sign("edit", browser() or "").encode()
    pad = secrets.token_bytes(len(signed))
    return urlsafe_b64encode(pad + _mix(pad, signed)).decode()


def check_edit(sent: str) -> None:
    """Raise ForgedEdit where an edit was not sent from a page of ours."""
    if is_foreign():
        raise _foreign()
    told = _told()
    secret, key, signature = site().secret, browser(), _read_token(sent)
    if key is not None and secret.is_signed("edit", key, signature):
        return
    if told is None or not secret.is_signed("edit", "", signature):
        raise ForgedEdit(
            "没有存上：这个页面已经过期，或浏览器不接受 cookie",
            hint="写好的文字还在下面，请再按一次。若总是这样，请在浏览器设置里允许本站的 cookie。",
        )


def is_foreign() -> bool:
    """Tell whether a browser says that what it sends comes from a page of somebody else."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return True
    told = _told()
    return told is not None and not _is_ours(told)


def remember(passages: Iterable[str]) -> None:
    """Let the browser itself hold the ids of what it collected, as far as a cookie has room: a copy beside ours."""
    g.remembered = ".".join(passages)


def recall() -> tuple[str, ...]:
    """Return the ids that the browser holds of what it collected."""
    secret = site().secret
    ids, _, signature = request.cookies.get(secret.name(_IDS), "").rpartition(".")
    return tuple(ids.split(".")) if ids and secret.is_signed(_IDS, ids, signature) else ()


def say(response: Response, said: Said) -> Response:
    """Let the browser's next page tell something."""
    text = urlsafe_b64encode(json.dumps(asdict(said)).encode()).decode()
    _set(response, _SAID, f"{text}.{site().secret.sign(_SAID, text)}", _SAID_LASTS)
    return response


def take_said() -> Said | None:
    """Return what this page is to tell, once."""
    secret = site().secret
    text, _, signature = request.cookies.get(secret.name(_SAID), "").partition(".")
    if not text:
        return None
    g.told = True
    return Said(**json.loads(urlsafe_b64decode(text))) if secret.is_signed(_SAID, text, signature) else None


def dress(response: Response) -> Response:
    """Hand out the browser's key where it is new or was used to edit, and mark what holds for this browser alone."""
    if g.pop("hand_out", False):
        key = g.browser
        _set(response, _BROWSER, f"{key}.{site().secret.sign(_BROWSER, key)}", _LASTS)
    ids = g.pop("remembered", None)
    if ids and len(ids) <= MOST_IDS:
        _set(response, _IDS, f"{ids}.{site().secret.sign(_IDS, ids)}", _LASTS)
    elif ids is not None:
        response.delete_cookie(site().secret.name(_IDS), httponly=True, samesite="Lax")
    if g.pop("told", False):
        response.delete_cookie(site().secret.name(_SAID), httponly=True, samesite="Lax")
    if g.pop("personal", False):  # asked whose browser it is: another's answer would be another
        response.vary.add("Cookie")
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _read_token(sent: str) -> str:
    """Return the signature that a token carries, "" where it is no token of ours."""
    try:
        mixed = urlsafe_b64decode(sent.encode())
    except ValueError:  # also of signs that are not ASCII, and of lone surrogates
        return ""
    half = len(mixed) // 2
    return _mix(mixed[:half], mixed[half:]).decode("latin-1")


def _mix(pad: bytes, text: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(pad, text, strict=False))


def _set(response: Response, name: str, value: str, lasts: int) -> None:
    response.set_cookie(
        site().secret.name(name), value, max_age=lasts, httponly=True, samesite="Lax", secure=request.is_secure
    )


def _told() -> str | None:
    return request.headers.get("Origin") or request.headers.get("Referer")


def _is_ours(address: str) -> bool:
    """Tell whether an address is of the server as it was asked, or under a name that the settings give it."""
    try:
        parts = urlsplit(address)
        return parts.netloc == request.host or parts.hostname in site().settings.hosts
    except ValueError:
        return False


def _foreign() -> ForgedEdit:
    return ForgedEdit("没有存上：这个请求不是从本站的页面发出的", hint="请打开本站的页面，在那里再做一次。")
