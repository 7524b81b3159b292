"""The page about the commands has all of them, as they are typed."""

from pathlib import Path

from laurels.commands.table import TABLES
from laurels.texts import catalogue

PAGE = (Path(__file__).parents[3] / "docs/commands.md").read_text(encoding="utf-8")


def test_every_command_is_on_the_page_with_what_it_does() -> None:
    its = catalogue("en")
    typed = {verb: its.text(f"usage.{verb}").replace("|", r"\|") for table in TABLES.values() for verb in table}
    assert [verb for verb, usage in typed.items() if f"| `{usage}` | {its.text(f'about.{verb}')} |" not in PAGE] == []
    assert PAGE.count("\n| `") == sum(map(len, TABLES.values()))
