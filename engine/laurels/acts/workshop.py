"""Badges that people make, change, retire and bring back."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..engine import decisions
from ..filed import MadeBadge
from ..model import Actor, Outcome
from ..policy import Deed
from ..stores.codec import encode
from ..workshop import limits
from .acting import Acting


class Workshop(Acting):
    """What people do to badges. A badge is a table of the rule-file grammar; ``awarders`` in it names who else may award it."""

    async def create(self, by: Actor, slug: str, content: Mapping[str, Any]) -> Sequence[Outcome]:
        """Make a badge: CREATED with its slug, which is made from the name where *slug* is empty; or INVALID with all that is wrong."""
        data = {"badge": slug, "content": {key: value for key, value in content.items() if value is not None}}
        return self.forbidden(by, "create", slug) or self._impossible(by, slug, content) or await self.done(decisions.BADGE_MADE, data, by)

    async def edit(self, by: Actor, slug: str, changes: Mapping[str, Any | None]) -> Sequence[Outcome]:
        """Change keys of a badge; None takes a key out. Whoever made it stays its creator. A changed rule is the next version."""
        data = {"badge": slug, "changes": dict(changes)}
        return self.forbidden(by, "edit", slug) or self._impossible(by, slug, changes) or await self.done(decisions.BADGE_MADE, data, by)

    async def retire(self, by: Actor, slug: str) -> Sequence[Outcome]:
        """Let nobody win a badge any more: RETIRED, with the number of those who hold it and keep it as the reason."""
        return await self._turn(by, "retire", decisions.BADGE_RETIRED, slug)

    async def restore(self, by: Actor, slug: str) -> Sequence[Outcome]:
        """Let a retired badge be won again."""
        return await self._turn(by, "retire", decisions.BADGE_RESTORED, slug)

    async def history(self, slug: str) -> Sequence[MadeBadge]:
        """Every edition of a badge, the first one first; empty where no person made it."""
        return await self.store.find(MadeBadge, self.name, slug=slug)

    async def _turn(self, by: Actor, deed: Deed, type_: str, slug: str) -> Sequence[Outcome]:
        return self.forbidden(by, deed, slug) or await self.done(type_, {"badge": slug}, by)

    def _impossible(self, by: Actor, slug: str, content: Mapping[str, Any]) -> list[Outcome]:
        """What is refused before it is written down: what can't be, is too much, or is for those who look after all badges."""
        reserved = [key for key in limits.RESERVED if key in content]
        if reserved and not self.policy.may(by, "edit"):
            who = " and ".join(self.policy.roles("edit")).replace("_", " ")
            return [Outcome("INVALID", badge=slug, detail="badge-wrong", reason="\n".join(f"{key}: only for {who}" for key in reserved))]
        try:
            size = len(encode(content))
        except (TypeError, ValueError, RecursionError, OverflowError):
            return [Outcome("INVALID", badge=slug, detail="badge-wrong", reason="it can't be written down")]
        if size > limits.LARGEST:
            return [Outcome("INVALID", badge=slug, detail="badge-wrong", reason=f"{size} bytes; at most {limits.LARGEST}")]
        return []
