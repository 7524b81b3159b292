"""Files, which come with the message that shares them and go with it."""

from collections.abc import Iterable
from typing import Any, Final

from laurels import Account, Event

from .source import SOURCE, moment
from .spots import Spot

_GONE: Final = ("tombstone", "hidden_by_limit")


def shared(said: dict[str, Any], spot: Spot, who: Account, revised: str = "", *, without: Iterable[str] = ()) -> list[Event]:
    """The files of a message, *without* those that it had before."""
    had = set(without)
    return [_file(said, spot, who, file, revised) for file in there(said) if file["id"] not in had]


def gone(said: dict[str, Any], spot: Spot, revised: str, *, but: Iterable[str] = ()) -> list[Event]:
    """The files that a message had, *but* those that it still has: they are off."""
    has = set(but)
    things = [_thing(said, spot, file) for file in there(said) if file["id"] not in has]
    return [
        Event(
            f"{thing}:{revised}", SOURCE, "file.shared", moment(said["ts"]), None, {}, spot.place(said), realm=spot.realm, thing=thing,
            on=False, revised=moment(revised),
        )
        for thing in things
    ]  # fmt: skip


def there(said: dict[str, Any]) -> list[dict[str, Any]]:
    """The files of a message, each once; of those that were deleted a stone stands there."""
    files = {file["id"]: file for file in said.get("files") or () if file.get("id") and file.get("mode") not in _GONE}
    return list(files.values())


def _file(said: dict[str, Any], spot: Spot, who: Account, file: dict[str, Any], revised: str) -> Event:
    thing, size = _thing(said, spot, file), file.get("size")
    data = {"kind": file.get("filetype") or "", **({"size": size} if isinstance(size, int) else {})}
    return Event(
        f"{thing}:{revised}" if revised else thing, SOURCE, "file.shared", moment(said["ts"]), who, data, spot.place(said),
        realm=spot.realm, thing=thing, revised=moment(revised) if revised else None,
    )  # fmt: skip


def _thing(said: dict[str, Any], spot: Spot, file: dict[str, Any]) -> str:
    return f"{spot.message(said['ts'])}:file:{file['id']}"
