"""What people ask: ``ana: /badges show helper``. Pure."""

from collections.abc import Collection

from laurels import ADMIN, Command

from .translate import Line

#: Keeps the file that came with the last answer; the only command that is the console's own.
SAVE = "/save"


def command(line: Line, admins: Collection[str] = ()) -> Command | None:
    """The command in *line*, or None where it is talk. Whom the settings name among the *admins* asks as one."""
    name, *words = line.text.split() or [""]
    if not name.startswith("/") or line.mark:
        return None
    roles = (ADMIN,) if line.who.id in {admin.lower() for admin in admins} else ()
    return Command(name[1:], tuple(words), line.who, line.place, roles=roles)
