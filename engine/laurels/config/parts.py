"""Values of the configuration that are more than a text: addresses, languages, templates, zones."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from ..errors import nearest
from ..rules.templates import faults
from .decode import Source
from .model import Listen

STORES: Final = ("sqlite", "postgresql")

_LANGUAGE = re.compile(r"[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*")
_PORTS = range(65_536)


def language(source: Source, place: tuple[str, ...], text: str) -> str:
    """A language tag, like ``en`` or ``pt-BR``."""
    if not _LANGUAGE.fullmatch(text):
        source.wrong(place, f"{text!r} is no language", "like 'en' or 'pt-BR'")
    return text


def store_url(source: Source, text: str) -> str:
    """The URL of a store that laurels can use."""
    scheme = text.partition(":")[0]
    if scheme not in STORES or not text.startswith(f"{scheme}://"):
        source.wrong(("store", "url"), f"{scheme!r} is no store", "sqlite:///laurels.db, or postgresql://user@host/database")
    elif scheme == "sqlite" and not text.startswith("sqlite:///"):
        source.wrong(("store", "url"), "SQLite has no host", "three slashes, then the file: sqlite:///laurels.db")
    return text


def web_url(source: Source, text: str) -> str:
    """An http(s) URL without a slash at the end, or nothing."""
    place = ("http", "public_url")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        source.wrong(place, f"{text!r} is no URL: {error}")
        return ""
    if text and (parts.scheme not in ("http", "https") or not parts.netloc):
        source.wrong(place, f"{text!r} is no address in the web", "like https://badges.example.org")
    return text.rstrip("/")


def listen(source: Source, text: str) -> Listen:
    """``host:port``; port 0 takes a free one."""
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) in _PORTS):
        source.wrong(("http", "listen"), f"{text!r} is no address to listen at", "host:port, like 127.0.0.1:8080 or [::]:8080")
        return Listen("127.0.0.1", 8080)
    return Listen(host.removeprefix("[").removesuffix("]"), int(port))


def timezone(source: Source, place: tuple[str, ...], name: str) -> ZoneInfo:
    """An IANA time zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as "Europe"
        source.wrong(place, f"no time zone {name!r}", nearest(name, sorted(available_timezones())) or "like 'Europe/Berlin'")
        return ZoneInfo("UTC")


def templates(source: Source, texts: Mapping[str, str]) -> Mapping[str, str]:
    """Jinja2 templates that can be used, for texts that there are."""
    for name, what, hint in faults(texts):
        source.wrong(("announcer", "templates", name), what, hint)
    return texts
