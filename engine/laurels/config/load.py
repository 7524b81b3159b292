"""Reads ``laurels.toml``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..errors import ConfigError, Problem
from ..rules.lines import line_of, lines
from .communities import communities
from .decode import Source, decode
from .grammar import Document
from .model import Announcer, Badges, Config, Http, Store
from .parts import language, listen, store_url, templates, web_url
from .secrets import resolve

#: Tables whose secrets are looked up when they are needed, so that a command that needs no token runs without.
_LATER: Final = ("adapters", "packs")


def load(path: Path | None = None, *, required: bool = False) -> Config:
    """Read the configuration; without a file every setting has its default, unless the file is *required*.

    Raises ConfigError with every fault there is, each with file, line, key and the nearest right name.
    """
    config, problems = read(path, required=required)
    if problems:
        raise ConfigError(problems)
    return config


def read(path: Path | None = None, *, required: bool = False) -> tuple[Config, tuple[Problem, ...]]:
    """The configuration as far as it can be used, with defaults for what is wrong, and everything that is wrong."""
    if path is None or not (path.exists() or required):
        return _config(path, {}, {})
    try:
        text = path.read_text("utf-8")
        return _config(path, tomllib.loads(text), lines(text))
    except tomllib.TOMLDecodeError as error:
        line, what = line_of(error)
        problem = Problem(f"{path}:{line}" if line else str(path), "", f"no TOML: {what}")
    except OSError as error:
        problem = Problem(str(path), "", f"can't be read: {error.strerror}")
    except UnicodeDecodeError:
        problem = Problem(str(path), "", "can't be read: not UTF-8")
    return _config(path, {}, {})[0], (problem,)


def _config(path: Path | None, content: Mapping[str, Any], numbers: Mapping[tuple[str, ...], int]) -> tuple[Config, tuple[Problem, ...]]:
    source = Source(path, numbers)
    now = {key: value if key in _LATER else resolve(source, (key,), value) for key, value in content.items()}
    document = decode(source, (), now, Document)
    config = Config(
        path=path,
        language=language(source, ("language",), document.language),
        store=Store(store_url(source, document.store.url)),
        http=Http(listen(source, document.http.listen), web_url(source, document.http.public_url)),
        badges=Badges(document.badges.packs, document.badges.files),
        announcer=Announcer(templates(source, document.announcer.templates)),
        communities=communities(source, document),
        adapters=document.adapters,
        packs=document.packs,
        lines=numbers,
    )
    return config, tuple(source.problems)
