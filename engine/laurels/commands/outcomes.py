"""What came of something, in words: the one way in which outcomes become answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ..announcer.harmless import NOTE
from ..announcer.harmless import words as harmless
from ..model import Button, Outcome, Reply
from .asked import Asked
from .badges import title
from .people import names


async def told(asked: Asked, outcomes: Sequence[Outcome], buttons: Sequence[Button] = (), *, quiet: bool = False) -> Reply:
    """One outcome as a sentence, several as rows, of which each says whom it is about. *quiet*: others need not read it.

    Buttons are offered where anything was done.
    """
    people = await names(asked, [outcome.account for outcome in outcomes if outcome.account])
    done = [outcome for outcome in outcomes if outcome.done]
    buttons = buttons if done else ()
    if len(outcomes) == 1:
        text, rows = sentence(asked, outcomes[0], people), tuple[tuple[str, str], ...]()
    else:
        text = asked.say("common.outcomes", done=len(done), all=len(outcomes))
        rows = tuple((people.get(outcome.account, ""), sentence(asked, outcome, people)) for outcome in outcomes)
    if quiet or not done:
        return asked.quietly(text, rows, ok=bool(done), buttons=buttons)
    return Reply(text, rows, buttons=tuple(buttons))


def sentence(asked: Asked, outcome: Outcome, people: Mapping[str, str]) -> str:
    """The result, and the detail that says why."""
    person = people.get(outcome.account) or asked.say("common.somebody")
    badge = title(asked, outcome.badge, outcome.level or 1) if outcome.badge else ""
    reason, state = outcome.reason, f"state.{outcome.reason}"
    values = {
        "person": person, "badge": badge, "slug": outcome.badge, "reason": harmless(reason, NOTE), "when": _moment(asked, reason),
        "count": int(reason) if reason.isdecimal() else 0, "roles": asked.roles(reason),
        "state": asked.say(state) if state in asked.its else reason,
    }  # fmt: skip
    if f"instead.{outcome.detail}" in asked.its:
        return asked.say(f"instead.{outcome.detail}", **values)
    keys = [f"result.{outcome.result}{'' if reason or outcome.result != 'MOVED' else '_BY'}", f"detail.{outcome.detail}"]
    return " ".join(asked.say(key, **values) for key in keys if key in asked.its)


def _moment(asked: Asked, text: str) -> str:
    """A time as people here read it; what is none stays as it is."""
    try:
        return datetime.fromisoformat(text).astimezone(asked.acts.policy.community.timezone).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text
