"""A letter's own page, for a frame: without script, its one style named by its hash, links in a new tab."""

import base64
import hashlib
import re

from django.http import HttpResponse

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def framed(html: str) -> HttpResponse:
    shown = html.replace("<a ", '<a target="_blank" rel="noopener" ')
    hashes = " ".join(f"'sha256-{_digest(style)}'" for style in _STYLE.findall(shown)) or "'none'"
    response = HttpResponse(shown)
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {hashes}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
