"""``laurels badges``."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ...config import Config
from ...definition import Definition
from ...errors import Problem, StoreError
from ...generation import Generation
from ...stores import migrations, open_store
from ...workshop.made import Made, read
from ..errors import Wrong, unknown
from . import configured, output, words


async def show(path: Path | None, community: str | None, *, json: bool) -> None:
    """Print every badge, and what was left out."""
    config = configured.configuration(path)
    found = configured.installed(config)
    generation = configured.generation(config, found.packs, await _made(config))
    names = [configured.community(config, community)] if community else list(config.communities)
    rows = [(name, definition) for name in names for definition in generation.registries[name].definitions.values()]
    if json:
        output.json([_object(name, definition) for name, definition in rows])
    else:
        _table(rows, several=len(names) > 1)
    _left_out(found, generation, json=json)


async def _made(config: Config) -> Mapping[str, Made]:
    """The badges that people made; none where there is no database that could say."""
    try:
        store = open_store(config.store.url)
        if migrations.current(config.store.url) is not None:
            async with store:
                return await read(store, config.communities)
    except StoreError as error:
        output.warn(f"badges made by people are not listed: {error}")
    return {}


def _table(rows: Sequence[tuple[str, Definition]], *, several: bool) -> None:
    heads = ["badge", "name", "rule", "levels", "from", "origin", *(["community"] if several else [])]
    output.table(heads, [
        [d.slug, d.name, words.rule(d), words.levels(d), _source(d), d.origin, *([name] if several else [])] for name, d in rows
    ])  # fmt: skip


def _left_out(found: configured.Installed, generation: Generation, *, json: bool) -> None:
    print_ = output.warn if json else output.say
    for problem in once((*found.problems, *generation.problems)):
        print_(f"left out: {problem}")


def once(problems: Sequence[Problem]) -> list[str]:
    """What the problems say, each once: several communities may find the same."""
    return list(dict.fromkeys(str(problem) for problem in problems))


def _source(definition: Definition) -> str:
    return f"{definition.sourced.distribution} {definition.sourced.release}".strip()


def _object(community: str, definition: Definition) -> dict[str, Any]:
    return {
        "badge": definition.slug,
        "name": definition.name,
        "description": definition.badge.description,
        "kind": definition.kind,
        "rule": words.rule(definition),
        "levels": [{"level": number, "name": level.name, "at": level.at} for number, level in enumerate(definition.levels, 1)],
        "distribution": definition.sourced.distribution,
        "release": definition.sourced.release,
        "origin": definition.origin,
        "cause": definition.cause,
        "community": community,
    }


def let_out(path: Path | None, slug: str) -> None:
    """Let a badge out of quarantine."""
    config = configured.configuration(path)
    if not configured.quarantine(config).release(slug):
        raise Wrong(_not_in_quarantine(config, slug))
    output.say(f"{slug} is out of quarantine; a running laurels takes it in when it is started again")


def _not_in_quarantine(config: Config, slug: str) -> str:
    there = [cause.removeprefix("badge:").partition("@")[0] for cause in configured.quarantine(config).causes()]
    if not there:
        return f"{slug!r} is not in quarantine; no badge is"
    return unknown("quarantined badge", slug, get_close_matches(slug, there)) + f" In quarantine: {', '.join(there)}"
