"""Created, edited, retired, restored: how things stand is looked at here, when the entry is applied, and never only before."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from ..engine.decisions.decision import Decision
from ..errors import nearest
from ..filed import MadeBadge
from ..stores.codec import encode
from . import slugs
from .made import content, holds
from .trial import rule, tried


async def badge_made(decision: Decision) -> None:
    """Somebody made a badge, or edited one."""
    await (_created(decision) if "content" in decision.data else _edited(decision))


async def badge_retired(decision: Decision) -> None:
    """A badge can't be won any more; who holds it keeps it."""
    last = await _found(decision, "good")
    if last is None:
        return
    dependents = [definition.slug for definition in decision.community.registry.dependents.get(last.slug, ())]
    if dependents:
        _refuse(decision, "badge-needed", [f"{', '.join(dependents)} require{'s' if len(dependents) == 1 else ''} it"])
        return
    infos = await decision.store.badge_infos(decision.community.name)
    holders = next((info.holders for info in infos if info.slug == last.slug), 0)
    decision.save(structs.replace(await _next(decision, last), state="retired"))
    decision.say("RETIRED", badge=last.slug, reason=str(holders))


async def badge_restored(decision: Decision) -> None:
    """A badge that was retired can be won again, if it still makes sense."""
    last = await _found(decision, "retired")
    if last is None:
        return
    registry = decision.community.registry
    if last.slug in registry.taken:
        _refuse(decision, "badge-taken", [f"slug: {last.slug!r} is another badge's by now"])
        return
    edition = structs.replace(await _next(decision, last), state="good")
    if problems := tried(registry, edition).problems:
        _refuse(decision, "badge-wrong", problems)
        return
    decision.save(edition)
    decision.say("REINSTATED", badge=last.slug)


async def _created(decision: Decision) -> None:
    table, registry = decision.data["content"], decision.community.registry
    taken = await _taken(decision)
    slug = decision.data["badge"] or slugs.slug_of(str(table.get("name", "")), taken)
    author = (await decision.actor()).account
    edition = MadeBadge(
        slug=slug, edition=1, version=1, content=encode(table), creator=author, author=author, seq=decision.row.seq, time=decision.now
    )
    if what := slugs.fault(slug):
        _refuse(decision, "badge-wrong", [what])
    elif slug in taken:
        _refuse(decision, "badge-taken", [f"slug: {slug!r} is another badge's, or was; say another"], slug)
    elif problems := tried(registry, edition).problems:
        _refuse(decision, "badge-wrong", problems, slug)
    else:
        decision.save(edition)
        decision.say("CREATED", badge=slug)


async def _edited(decision: Decision) -> None:
    last = await _found(decision, "good")
    if last is None:
        return
    registry = decision.community.registry
    table = _changed(content(last), decision.data["changes"])
    if table == content(last):
        _refuse(decision, "badge-same", ["that is what it says already"])
        return
    edition = structs.replace(await _next(decision, last), content=encode(table))
    trial = tried(registry, edition)
    if trial.definition is None:
        _refuse(decision, "badge-wrong", trial.problems)
        return
    if trial.definition.fingerprint != rule(registry, last):
        edition = structs.replace(edition, version=last.version + 1)
    decision.save(edition)
    decision.say("EDITED", badge=last.slug)


def _changed(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The table with *changes* in it; what is None goes."""
    return {key: value for key, value in {**table, **changes}.items() if value is not None}


async def _next(decision: Decision, last: MadeBadge) -> MadeBadge:
    """Another edition, by whoever decides; the creator stays."""
    author = (await decision.actor()).account
    return structs.replace(last, edition=last.edition + 1, author=author, seq=decision.row.seq, time=decision.now)


async def _found(decision: Decision, state: str) -> MadeBadge | None:
    """The edition that holds, if it is in this state; if not, that is said."""
    slug, name = decision.data["badge"], decision.community.name
    last = holds(await decision.store.find(MadeBadge, name, slug=slug))
    if last is not None and last.state == state:
        return last
    if last is not None:
        _refuse(decision, f"badge-{last.state}", [f"{slug!r} is {'retired' if last.state == 'retired' else 'not retired'}"])
    elif (definition := decision.definition(slug)) is not None:
        where = definition.sourced.distribution or definition.origin
        _refuse(decision, "badge-foreign", [f"{slug!r} comes from {where}: only what people made can be changed by people"])
    else:
        known = sorted({edition.slug for edition in await decision.store.find(MadeBadge, name)})
        _refuse(decision, "badge-unknown", [f"nobody made a badge {slug!r}; {nearest(slug, known)}".rstrip("; ")])
    return None


async def _taken(decision: Decision) -> frozenset[str]:
    """Slugs that can't be had: of badges that there are, were, or were left out."""
    name, registry = decision.community.name, decision.community.registry
    infos, editions = await decision.store.badge_infos(name), await decision.store.find(MadeBadge, name)
    return registry.taken | registry.definitions.keys() | {info.slug for info in infos} | {edition.slug for edition in editions}


def _refuse(decision: Decision, detail: str, problems: Iterable[str], slug: str = "") -> None:
    decision.say("INVALID", badge=slug or decision.data["badge"], detail=detail, reason="\n".join(problems))
