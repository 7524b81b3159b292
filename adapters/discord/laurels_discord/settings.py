"""What ``[adapters.discord]`` may say."""

from msgspec import Struct, field

DAY = 24 * 60.0


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """*token* is the bot's. Nothing privileged is asked for unless *members* or *message_content* say so.

    *api_url* and *gateway_url* lead to a proxy, or to a server that speaks as Discord does. *catch_up* is how many minutes of what was
    missed are read after a reconnect; 0 turns that off. *thanks* are emojis that thank the author of a message; *nominate* has, by emoji,
    the badge that its author is nominated for by it. *roles* has, by ``badge`` or ``badge@level``, the name or id of the role that goes
    with it. *solved* are the tags by which forum posts are known to be solved.
    """

    token: str
    members: bool = False
    message_content: bool = False
    api_url: str = ""
    gateway_url: str = ""
    catch_up: float = DAY
    thanks: tuple[str, ...] = ()
    nominate: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str | int] = field(default_factory=dict)
    solved: tuple[str, ...] = ("solved", "answered", "resolved")
