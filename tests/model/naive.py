"""The naive model: what everybody ends up holding, worked out from scratch in the most obvious way. Nothing here is the engine's."""

from collections import Counter
from functools import cache
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from civil import after, begin, duration, label
from decision import Decision
from laurels import Account, Advance, Badge, Distinct, Event, Streak, Sum
from laurels.requirements import AtLeast, leaves
from look import Look

position = attrgetter("time", "id")  # the order of the fold; what is "as of" a position looks again at all up to it


def naive(badges, arrivals, zone, types=(), where=None) -> set[tuple[str, str, int, str, str]]:
    """Every (person, badge, level, occurrence, state) after *arrivals* in their order; *where* has each CEL condition in Python."""
    badges = {badge.slug: badge for badge in badges}
    counterpart = {kind.name: next((name for name, of in kind.fields.items() if of is Account), "") for kind in types}
    rows = {(row.source, row.id): (number, row) for number, row in reversed([*enumerate(arrivals)]) if isinstance(row, Event)}
    states = sorted(rows.values(), key=lambda state: (state[1].revised or state[1].time, state[0]))
    things = {(row.source, row.thing or row.id): row for _, row in states}  # of several states, the newest stays
    events = sorted((row for row in things.values() if row.on), key=position)
    events = [replace(row, data={**row.data, "local_date": label(row.time.astimezone(ZoneInfo(zone)), "day")}) for row in events]
    decisions = sorted({row.id: row for row in arrivals if isinstance(row, Decision)}.values(), key=position)

    def period(event, per):
        return begin(event.time.astimezone(ZoneInfo(zone)), per)

    def items(event, field):
        own = {"event.actor": event.actor and event.actor.key, "event.place.channel": event.place and event.place.channel}
        found = own.get(field, event.data.get(field.removeprefix("event.data.")))
        return [item for item in (found if isinstance(found, list) else [found]) if item not in (None, "")]

    def worth(measure, event):
        found = items(event, measure.field) if measure.kind in ("sum", "distinct") else [1]
        return [one if measure.kind == "sum" else str(one) for one in found if type(one) in (int, float) or measure.kind != "sum"]

    def allowed(badge, event, person):
        bots = {account.key for account in (event.actor, *event.others) if account and account.bot}
        return badge.bots or not bots & {person, *items(event, "event.actor")}

    def counted(badge, measure, person):
        counted, alike, cap = [], Counter(), measure.cap
        for event in events:
            actor, other = items(event, "event.actor"), items(event, counterpart.get(event.type, ""))
            listens = actor and event.type in measure.names and (not measure.where or where[measure.where](event)) and worth(measure, event)
            concerned = person in items(event, measure.to) and (measure.to == "event.actor" or badge.allow_self or [person] != actor)
            cooling = measure.cooldown and counted and event.time < counted[-1].time + duration(measure.cooldown)
            pair = (other if [person] == actor else [person]) if cap and cap.by == "pair" else []
            bucket = (period(event, cap.per), *actor, *pair) if cap else ()
            if listens and concerned and allowed(badge, event, person) and not cooling and (not cap or alike[bucket] < cap.at):
                alike[bucket] += 1
                counted.append(event)
        return counted

    def value(measure, counted, event):
        if isinstance(measure, Streak):
            return next((len(run) for run in runs(measure, counted) if run[-1] == period(event, measure.period)), 0)
        past = [past for past in counted if not measure.within or past.time > event.time - duration(measure.within)]
        worths = [one for e in past if not measure.per or period(e, measure.per) == period(event, measure.per) for one in worth(measure, e)]
        return sum(worths) if isinstance(measure, Sum) else len(set(worths)) if isinstance(measure, Distinct) else len(worths)

    def runs(streak, counted):
        runs, used = [], Counter()
        for current in sorted({period(event, streak.period) for event in counted}):
            needed, missing = used.copy(), after(runs[-1][-1], streak.period) if runs else None
            while runs and missing < current and needed[begin(missing, streak.freeze_per)] < streak.freezes:
                needed[begin(missing, streak.freeze_per)] += 1
                missing = after(missing, streak.period)
            used, runs = (needed, [*runs[:-1], [*runs[-1], current]]) if missing == current else (used, [*runs, [current]])
        return runs

    def steps(badge, number):
        if badge.repeatable:
            return [(1, str(k + 1)) for k in range(int(number // badge.levels[0].at))]
        return [(n, "") for n, level in enumerate(badge.levels, 1) if number >= level.at]

    def reached(badge, counted):
        measure, at, number = badge.measure, badge.levels[0].at, value(badge.measure, counted, counted[-1])
        if badge.repeatable and measure.per:
            return [(1, label(period(counted[-1], measure.per), measure.per))] if number >= at else []
        if badge.repeatable and isinstance(measure, Streak):
            number = at * sum(len(run) // at for run in runs(measure, counted))
        elif badge.repeatable and measure.within:
            number, window = 0, []
            for event in counted:
                full = value(measure, [*window, event], event) >= at
                number, window = (number + at, []) if full else (number, [*window, event])
        return steps(badge, number)

    def fulfilled(requirement, person, at):
        if isinstance(requirement, AtLeast):
            return sum(fulfilled(part, person, at) for part in requirement.of) >= requirement.n
        return all(level(leaf.slug, person, at) >= leaf.level for leaf in leaves(requirement))

    def code(badge):
        best, own, progress, gate = Counter(), Counter(), Counter(), badge.requires or AtLeast(0, ())
        for event in (event for event in events if event.type in badge.events):
            past, at = [past for past in events if position(past) <= position(event)], position(event)
            about = [one for e in past for one in (e.actor, *e.others)] if event.type == "clock.day" else [event.actor]
            for person in sorted({one.key for one in about if one and (badge.bots or not one.bot) and fulfilled(gate, one.key, at)}):
                held = {leaf.slug: level(leaf.slug, person, at) for leaf in leaves(gate)}
                number = lambda measure: value(measure, [e for e in counted(badge, measure, person) if position(e) <= at], event)  # noqa: B023, E731
                for answer in Look(badge, person, event, past, held | {badge.slug: own[person]}, progress[person], number).answers():
                    if isinstance(answer, Advance):
                        progress[person] = answer.to if answer.to is not None else progress[person] + answer.by
                        keys = [(person, *step) for step in steps(badge, progress[person])]
                    else:
                        to = answer.to if isinstance(answer.to, tuple) else (answer.to or person,)
                        to = [one for one in (getattr(one, "key", one) for one in to) if allowed(badge, event, one)]
                        levels = range(1 if badge.level_policy == "fill" else answer.level or 1, (answer.level or 1) + 1)
                        keys = [(one, level, (event.thing or event.id) if badge.repeatable else "") for one in to for level in levels]
                    yield from ((at, key) for key in keys if badge.level_policy != "highest" or key[1] >= best[key[0]])
                    best |= Counter({who: level for who, level, _ in keys})
                    own |= Counter({who: level for who, level, _ in keys if who == person})

    def wins(badge):
        if type(badge).award is not Badge.award:
            yield from code(badge)
        elif badge.measure:
            for person in {to for event in events for to in items(event, badge.measure.to)}:
                past = counted(badge, badge.measure, person)
                yield from ((position(past[n]), (person, *step)) for n in range(len(past)) for step in reached(badge, past[: n + 1]))
        elif badge.requires:
            people = {key[0] for leaf in leaves(badge.requires) for key in awards(leaf.slug)}
            moments = map(position, (*events, *decisions))
            yield from ((at, (who, 1, "")) for at in moments for who in people if fulfilled(badge.requires, who, at))

    @cache
    def awards(slug):
        given, undone = ([d for d in decisions if (d.badge, d.verb) == (slug, verb)] for verb in ("awarded", "undone"))
        won = {key: at for at, key in sorted(wins(badges[slug]), reverse=True)}  # of several moments, the first stays
        kept = [(at, key) for key, at in won.items() if not undone or at > position(undone[-1])]
        return {key: at for at, key in sorted([*kept, *((position(d), d.key) for d in given)], reverse=True)}

    def state(slug, key, until=None):
        said = [d.verb for d in decisions if (d.badge, d.key) == (slug, key) and (until is None or position(d) <= until)]
        return "revoked" if [verb for verb in said if verb in ("revoked", "reinstated")][-1:] == ["revoked"] else "active"

    def level(slug, person, at):
        lasts = duration(badges[slug].expires or "9999d")
        held = [key for key, won in awards(slug).items() if key[0] == person and won <= at and at[0] < won[0] + lasts]
        return max((key[1] for key in held if state(slug, key, at) == "active"), default=0)

    return {(key[0], slug, *key[1:], state(slug, key)) for slug in badges for key in awards(slug)}
