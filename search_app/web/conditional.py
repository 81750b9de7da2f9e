"""Conditional answers: what has not changed is not sent again, and what is sent is compressed.

Every page and every JSON answer carries a tag of its body: who asks again with it is told that nothing changed (304).
The tag is weak, because two bodies count as the same that differ only in how long the answer took, in the age of the
index, or in the token that a form was given. Streamed answers (files, exports) are left as they are.

Compressed answers that hold a secret beside text of the asker's choice give it away bit by bit to whoever can watch
their length and make the browser ask as the visitor (BREACH). So no cookie is sent with what a foreign page loads
(SameSite, security), and the token in forms is written otherwise in every answer. What compresses is optional: without
it answers go out as they are.
"""

import logging
import re
from collections.abc import Mapping
from hashlib import sha256

from flask import Flask, Response, request

log = logging.getLogger(__name__)

#: What of a body says nothing about the state of the index, and differs in every answer. Each begins with a fixed text,
#: which is found at a tenth of what one expression for all of them takes.
_FLEETING: Mapping[str | None, tuple[re.Pattern[bytes], ...]] = {
    "text/html": (
        re.compile(rb'<span class="took-time">[^<]*</span>'),
        re.compile(rb'<input type="hidden" name="token"[^>]*>'),
    ),
    "application/json": (re.compile(rb'"took_ms": ?[0-9.]+'), re.compile(rb'"age_seconds": ?[0-9.]+')),
}
#: What gains from being compressed, from this many bytes on: less than one packet is sent as fast as it is.
_COMPRESSED = (
    "text/html",
    "text/plain",
    "text/xml",
    "application/json",
    "application/xml",
    "application/atom+xml",
    "application/opensearchdescription+xml",
)
_LEAST = 1_400


def register(app: Flask) -> None:
    """Tag and compress the answers of an app."""
    app.config.update(
        COMPRESS_MIMETYPES=list(_COMPRESSED),
        COMPRESS_MIN_SIZE=_LEAST,
        COMPRESS_ALGORITHM=["br", "zstd", "gzip"],
        COMPRESS_LEVEL=2,  # of gzip, all that browsers take over plain http: 4 takes twice as long for 7% less
        COMPRESS_STREAMS=False,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,  # done here, compressed or not
    )
    try:
        from flask_compress import Compress
    except ImportError as missing:  # its compiled parts may be missing on an odd machine
        log.info("answers are not compressed: %s", missing)
    else:
        Compress(app)
    app.after_request(_tag)  # called before what was registered before it: the tag is that of the plain body


def _tag(response: Response) -> Response:
    """Give an answer the tag of its body; answer 304 where the asker has it already."""
    if response.status_code != 200 or response.is_streamed or response.direct_passthrough:
        return response
    if response.mimetype == "text/html":
        response.vary.add("Cookie")  # what a page shows of a basket is the visitor's own
    if request.method in ("GET", "HEAD") and "ETag" not in response.headers:
        lasting = response.get_data()
        for fleeting in _FLEETING.get(response.mimetype, ()):
            lasting = fleeting.sub(b"", lasting)
        response.set_etag(sha256(lasting).hexdigest()[:32], weak=True)
        response.make_conditional(request)
    return response
