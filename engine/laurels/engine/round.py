"""One round of the engine under way: what it will write, and which badges of whom it touched."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..definition import Definition
from ..records import Changes, Due, Given, Key, Pair, Parked, Row, Ruling
from ..stores.codec import encode_place
from .community import Community
from .standing import Win


@dataclass(slots=True)
class Touch:
    """What a round found about one badge and person.

    *whole*: the wins are all there are, not only new ones; *decided*: a person decided something about it.
    """

    definition: Definition
    person: int
    wins: dict[Key, Win] = field(default_factory=dict)
    whole: bool = False
    silent: bool = False
    decided: bool = False
    place: str | None = None


class Round:
    """Gathers the changes of one transaction and the badges to be concluded in it."""

    def __init__(self, community: Community, now: int) -> None:
        self.community = community
        self.changes = Changes(community.name, now)
        self.touched: dict[str, dict[int, Touch]] = {}
        self.places: dict[int, str | None] = {}
        self.vetoed: list[Ruling] = []  # what hooks objected to just now; their journal entries follow
        self.asked: set[tuple[int, int, Key]] = set()  # (badge, person, key) that hooks were asked about

    def touch(self, definition: Definition, person: int, *, whole: bool = False, silent: bool = False) -> Touch:
        """The touch of a badge and person, made if there is none."""
        its = self.touched.setdefault(definition.slug, {})
        touch = its.get(person)
        if touch is None:
            touch = its[person] = Touch(definition, person, silent=silent)
        touch.whole = touch.whole or whole
        return touch

    def untouch(self, definition: Definition, person: int) -> None:
        """Forget what was found about a badge and person."""
        self.touched.get(definition.slug, {}).pop(person, None)

    @property
    def touches(self) -> list[Touch]:
        """Every touch, in the order in which they came, badge by badge."""
        return [touch for its in self.touched.values() for touch in its.values()]

    def win(self, definition: Definition, person: int, keys: Iterable[Key], row: Row) -> None:
        """*row* won *keys* of a badge for a person."""
        wins = self.touch(definition, person).wins
        for key in keys:
            if key not in wins or row.position < wins[key].position:
                wins[key] = Win(row.position, self.place(row))

    def give(self, given: Given) -> None:
        """A badge's code granted something."""
        self.changes.given.append(given)

    def owe(self, pair: Pair, row: Row | None = None, *, whole: bool = True, at: int = 0) -> None:
        """Make a pair due: what this round can't do by a single step, the settler does from the journal."""
        due = self.changes.due.get(pair)
        if due is None:
            due = self.changes.due[pair] = Due(pair, whole=whole, at=at)
        due.whole = due.whole or whole
        if row is not None:
            due.place = self.place(row)

    def park(self, pair: Pair, row: Row, error: str) -> None:
        """Pass over an event for one badge and person from now on."""
        self.changes.parked.append(Parked(pair, row.seq, error, self.changes.now))

    def place(self, row: Row) -> str | None:
        """The row's place as the outbox keeps it; encoded once."""
        if row.seq not in self.places:
            self.places[row.seq] = encode_place(row.event.place)
        return self.places[row.seq]
