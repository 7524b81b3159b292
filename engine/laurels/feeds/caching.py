"""Conditional requests (RFC 9110, section 13): what the asker has already is not sent again."""

import hashlib
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def etag(body: bytes) -> str:
    """A strong validator, quotes included: it changes with any byte."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def http_date(moment: datetime) -> str:
    """As HTTP's headers have it: ``Sun, 06 Nov 1994 08:49:37 GMT``."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def unchanged(etag: str, last_modified: str, *, if_none_match: str | None = None, if_modified_since: str | None = None) -> bool:
    """Whether one who sends these headers has what *etag* and *last_modified* describe.

    The tag decides where there is one, and a time only where there is none, as section 13.2.2 orders. What can't be read is ignored.
    """
    if if_none_match is not None:
        return if_none_match.strip() == "*" or etag in _TAG.findall(if_none_match)
    had, changed = _moment(if_modified_since), _moment(last_modified)
    return had is not None and changed is not None and changed <= had


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
