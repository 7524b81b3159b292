"""``laurels db upgrade``."""

from pathlib import Path

from alembic.util import CommandError

from ...stores import migrations, open_store
from ..errors import NotNow
from . import configured, output


async def bring_up(path: Path | None) -> None:
    """Run the migrations that the database lacks, and say from which schema to which."""
    url = configured.configuration(path).store.url
    store = open_store(url)
    before = migrations.current(url)
    if before == migrations.HEAD:
        output.say(f"{url} is at schema {before}: nothing to do")
        return
    if not await store.lead():
        raise NotNow(f"a laurels runs on {url}; stop it first")
    try:
        migrations.upgrade(url)
    except CommandError as error:
        raise NotNow(f"{url} is at schema {before}, which this version does not know: a newer laurels made it") from error
    output.say(f"{url}: from {f'schema {before}' if before else 'nothing'} to schema {migrations.current(url)}")
