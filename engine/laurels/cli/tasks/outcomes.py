"""What came of something, for the shell: the same words as in chat, and the commands that go on from there."""

from collections.abc import Mapping, Sequence

from ...definition import Definition
from ...model import Outcome
from ...texts import catalogue
from ..errors import NotNow
from . import output, words


def say(outcomes: Sequence[Outcome], definition: Definition, names: Mapping[str, str]) -> None:
    """A line for each. Raises NotNow with what could not be done, where that is anything but that it was so already."""
    failed = []
    for outcome in outcomes:
        line = told(outcome, definition, names.get(outcome.account, outcome.account))
        if outcome.done or outcome.result in ("ALREADY_HELD", "HIGHER_HELD"):
            output.say(line)
        else:
            failed.append(line)
    if failed:
        raise NotNow("\n".join(failed))


def told(outcome: Outcome, definition: Definition, person: str) -> str:
    """One outcome as a sentence."""
    title = words.title(definition, outcome.level or 1)
    if outcome.result == "AWARDED":
        return f"{person} has {title} now; `laurels undo command:{outcome.seq}` takes it back"
    if outcome.detail == "award-revoked" and outcome.result == "INVALID":
        again = f"`laurels reinstate {definition.slug} {outcome.account}` lets it stand again"
        return f"{person}'s {title} was revoked; {again}"
    texts = catalogue("en")
    values = {"person": person, "badge": title, "slug": outcome.badge, "reason": outcome.reason, "key": outcome.account, "seq": outcome.seq}
    said = [texts.say(key, **values) for key in (f"result.{outcome.result}", f"detail.{outcome.detail}") if key in texts]
    return " ".join(said)
