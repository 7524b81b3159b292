"""The demo, run as a newcomer runs it."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import msgspec
import pytest

import laurels.demo
from laurels.demo.script import payload, steps

COMMAND = (sys.executable, "-m", "laurels.demo")
AWARD = re.compile(r"(\w+) earned (.+)")
PATIENCE = 100.0  # seconds; it takes two where nothing else runs


@pytest.fixture(scope="module")
def transcript() -> list[str]:
    done = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def awards(transcript: list[str]) -> list[tuple[str, str]]:
    """The lines at the end."""
    return [tuple(found.groups()) for line in transcript[transcript.index("Awards") + 1 :] if (found := AWARD.fullmatch(line))]


def said_after(transcript: list[str], part: str) -> list[str]:
    """What laurels said upon the first line with *part* in it."""
    at = next(number for number, line in enumerate(transcript) if part in line)
    found = []
    for line in transcript[at + 1 :]:
        if not line.strip().startswith(("★", "☆")):
            break
        found.append(line.strip())
    return found


def test_it_ends_with_one_line_for_each_award_that_stands(transcript: list[str], awards: list[tuple[str, str]]) -> None:
    assert len(transcript[transcript.index("Awards") + 1 :]) == len(awards) == len(set(awards))
    assert awards == [
        ("Ana", "First Steps"),
        ("Ana", "First Merge"),
        ("Cleo", "Bronze Bug Hunter"),
        ("Cleo", "First Steps"),
        ("Ana", "Bronze Explorer"),
        ("Dan", "First Steps"),
        ("Ana", "Bronze Helper"),
        ("Ana", "Bridge Builder"),
        ("Ana", "Bronze On a Roll"),
        ("Ana", "Bronze Regular"),
        ("Cleo", "Bronze On a Roll"),
        ("Ana", "Bronze Contributor"),
        ("Ana", "Silver Explorer"),
        ("Cleo", "Bronze Reviewer"),
    ]


def test_at_least_six_different_awards_among_them_a_second_level_a_streak_and_a_meta_badge(awards: list[tuple[str, str]]) -> None:
    badges = {badge for _, badge in awards}
    assert len(badges) >= 6
    assert badges >= {"Silver Explorer", "Bronze On a Roll", "Bridge Builder"}


def test_the_meta_badge_comes_with_the_thanks_in_chat_to_who_was_merged_on_github(transcript: list[str]) -> None:
    assert said_after(transcript, "merged by bob-okafor: lantern") == ["★ Ana earned First Merge"]
    assert said_after(transcript, "bob: thanks @ana") == ["★ Ana earned Bronze Helper and 1 more: Bridge Builder"]


def test_awards_go_to_people_who_did_not_act(transcript: list[str]) -> None:
    assert said_after(transcript, "issues labeled (bug) by bob-okafor") == ["★ Cleo earned Bronze Bug Hunter"]
    assert said_after(transcript, "merged by bob-okafor: lamp-sdk") == [
        "★ Ana earned Silver Explorer and 1 more: Bronze Contributor", "★ Cleo earned Bronze Reviewer",
    ]  # fmt: skip


def test_what_is_delivered_twice_is_counted_once(transcript: list[str]) -> None:
    (line,) = [line for line in transcript if "delivered twice, counted once" in line]
    assert "202 pull_request.merged" in line
    assert said_after(transcript, "delivered twice") == []


def test_what_is_taken_back_is_withdrawn_and_comes_back(transcript: list[str]) -> None:
    assert said_after(transcript, "issues unlabeled") == ["☆ Cleo no longer holds Bronze Bug Hunter"]
    assert [line.strip() for line in transcript].count("★ Cleo earned Bronze Bug Hunter") == 2


def test_every_webhook_is_taken(transcript: list[str]) -> None:
    answers = [line.split("→ ")[1][:3] for line in transcript if "→ " in line]
    assert answers == ["202"] * sum(step.kind in ("webhook", "again") for step in steps())


def test_commands_are_answered(transcript: list[str]) -> None:
    assert any("Silver Helper: ▰▰▱▱▱▱▱▱▱▱ 3 of 15" in line for line in transcript)
    assert any("Bronze Helper: 2025-03-20, thanks.given by Bob in console:#general" in line for line in transcript)


def test_nothing_comes_from_the_environment(tmp_path, awards: list[tuple[str, str]]) -> None:
    (tmp_path / "laurels.toml").write_text("nonsense")
    kept = {name: value for name, value in os.environ.items() if name in {"PYTHONPATH", "SYSTEMROOT"}}
    done = subprocess.run(
        COMMAND, cwd=tmp_path, env={**_absolute(kept), "http_proxy": "http://127.0.0.1:1", "LC_ALL": "C", "TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("utf-8", "replace").splitlines()[-len(awards) :] == [f"{name} earned {badge}" for name, badge in awards]
    assert [path.name for path in tmp_path.iterdir()] == ["laurels.toml"], "it cleans up behind itself"


def _absolute(environment: dict[str, str]) -> dict[str, str]:
    paths = environment.get("PYTHONPATH", "").split(os.pathsep)
    return {**environment, "PYTHONPATH": os.pathsep.join(str(Path(path).resolve()) for path in paths if path)}


class Terminal:
    """A terminal on which a program runs."""

    def __init__(self, command: tuple[str, ...]) -> None:
        self.screen, inside = pty.openpty()
        self.seen = b""
        self.program = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, close_fds=True)
        os.close(inside)

    def type(self, text: str) -> None:
        os.write(self.screen, text.encode())

    def until(self, text: str) -> None:
        """Read until *text* is on the screen."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.text:
            ready, _, _ = select.select([self.screen], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"{text!r} did not come; there is {self.text[-2000:]!r}"
            self.seen += os.read(self.screen, 65536)

    @property
    def text(self) -> str:
        """What came so far, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.seen.decode("utf-8", "replace"))

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self.screen)


@pytest.fixture
def terminal():
    made = Terminal(COMMAND)
    yield made
    made.close()


def test_on_a_terminal_it_takes_lines_until_the_end_of_input(terminal: Terminal) -> None:
    terminal.until("press Ctrl-D to leave")
    assert "Cleo earned Bronze Reviewer" in terminal.text
    terminal.type("eli: thanks @dan\nfay > eli: good to see you\n")
    terminal.until("★ Eli earned First Steps")
    terminal.type("ana: /badges\n")
    terminal.until("Ana has 8 badges.")
    terminal.type("\x04")
    assert terminal.program.wait(PATIENCE) == 0


def test_an_interrupt_ends_it_without_a_traceback(terminal: Terminal) -> None:
    terminal.until("press Ctrl-D to leave")
    terminal.program.send_signal(signal.SIGINT)
    assert terminal.program.wait(PATIENCE) == 130
    assert "Traceback" not in terminal.text


# -- the script ----------------------------------------------------------------------------------------------------------------


def test_the_script_goes_forward_and_every_payload_is_in_it() -> None:
    times = [step.time for step in steps() if step.time]
    assert times == sorted(set(times))
    used = {step.text for step in steps() if step.kind in ("webhook", "again")}
    assert used == {path.stem for path in (Path(laurels.demo.__file__).parent / "payloads").iterdir()}


@pytest.mark.parametrize("step", [step for step in steps() if step.kind == "webhook"], ids=lambda step: step.text)
def test_a_payload_tells_of_the_moment_at_which_it_is_sent(step) -> None:
    assert step.time is not None
    assert f"{step.time:%Y-%m-%dT%H:%M}:00Z" in payload(step.text).decode()
    assert msgspec.json.decode(payload(step.text))["organization"]["login"] == "orchard-lab"


def test_the_weeks_of_the_script_follow_each_other() -> None:
    weeks = {date.isocalendar(step.time).week for step in steps() if step.time}
    assert weeks == set(range(min(weeks), max(weeks) + 1))
