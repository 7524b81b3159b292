"""What ``[adapters.discord]`` may say."""

from datetime import timedelta

from msgspec import Struct, field

from laurels import duration


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """*token* is the bot's. Nothing privileged is asked for unless *members* or *message_content* say so.

    *api_url* and *gateway_url* lead to a proxy, or to a server that speaks as Discord does. *catch_up* is how much of what was missed is
    read after a reconnect, like ``24h`` or ``7d``; an empty text turns that off. *private_channels* are the ids of channels that are read
    though not everyone may see them, or true for all that the bot can see. *thanks* are emojis that thank the author of a message;
    *nominate* has, by emoji, the badge that its author is nominated for by it. *roles* has, by ``badge`` or ``badge@level``, the name or
    id of the role that goes with it. *solved* are the tags by which forum posts are known to be solved.
    """

    token: str
    members: bool = False
    message_content: bool = False
    api_url: str = ""
    gateway_url: str = ""
    catch_up: str = "24h"
    private_channels: bool | tuple[int, ...] = False
    thanks: tuple[str, ...] = ()
    nominate: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str | int] = field(default_factory=dict)
    solved: tuple[str, ...] = ("solved", "answered", "resolved")

    def __post_init__(self) -> None:
        try:
            _ = self.missed
        except ValueError as error:
            raise ValueError(f"catch_up: {error}") from error

    @property
    def missed(self) -> timedelta:
        """How far back what was missed is read."""
        return duration(self.catch_up) if self.catch_up else timedelta(0)
