"""``laurels run``, and commands beside it. Processes of their own: that is what they are."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

RUN = [sys.executable, "-c", "from laurels.cli import main; main()", "run"]


class Running:
    """A laurels that runs; *address* once it does."""

    def __init__(self, folder, path):
        environment = os.environ | {"PYTHONPATH": path}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(RUN, cwd=folder, env=environment, text=True, **pipes)
        self.said = self.process.stdout.readline()

    @property
    def address(self):
        return re.search(r"http://[\d.:]+", self.said)[0]

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.read().decode()

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        stdout, stderr = self.process.communicate(timeout=20)
        return self.process.returncode, self.said + stdout, stderr


@pytest.fixture
def start(shell, install):
    """Start ``laurels run`` in the shell's folder."""
    running = []

    def begin():
        running.append(Running(shell.folder, os.pathsep.join([str(shell.folder / "site"), *filter(None, sys.path)])))
        return running[-1]

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_its_address_answers_there_and_ends_well(start, number):
    running = start()
    assert re.fullmatch(
        r"laurels runs at http://127.0.0.1:\d+ with 5 badges; adapters: none, see \[adapters.NAME\]\n", running.said
    )  # fmt: skip
    assert running.get("/healthz") == "ok\n"
    status, _, stderr = running.end(number)
    assert (status, stderr) == (0, "")


def test_what_was_left_out_is_named(shell, start, install):
    install("broken", "badges", "broken = broken", "import nothing_of_this_name")
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("packs = []", 'packs = ["broken"]'))
    shell.edit('on = "thanks.given"', 'on = "thank.given"')
    status, _, stderr = start().end()
    assert status == 0
    assert "left out: broken 1.0: entry point broken = broken: can't be imported" in stderr
    assert "left out: badges/rules.toml:6: [helper].on: nothing declares the event type 'thank.given'" in stderr


def test_an_adapter_that_can_not_run_says_so_in_a_line_and_is_tried_again(shell, start, install):
    install("chat", "adapters", "chat = chat:Adapter", """
        import msgspec
        from laurels import Problem
        class Adapter:
            Settings = msgspec.defstruct("Settings", [])
            name = "chat"
            def __init__(self, settings): ...
            async def announce(self, announcement, earlier): ...
            async def run(self, host):
                raise Problem("chat", "token", "the platform does not take it")
    """)  # fmt: skip
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text() + "[adapters.chat]\n")
    running = start()
    tries = [running.process.stderr.readline() for _ in range(2)]
    status, _, stderr = running.end()
    assert status == 0
    assert all("adapter can't run; trying again" in line and "chat: token: the platform does not take it" in line for line in tries)
    assert "Traceback" not in stderr


def test_it_does_not_start_where_a_secret_is_missing(shell, install):
    install("chat", "adapters", "chat = chat:Adapter", """
        import msgspec
        class Adapter:
            class Settings(msgspec.Struct):
                token: str
            name = "chat"
    """)  # fmt: skip
    with (shell.folder / "laurels.toml").open("a") as file:
        file.write('[adapters.chat]\ntoken = "env:CHAT_TOKEN"\n[adapters.cat]\n')
    assert shell("run", status=2) == (
        "laurels: laurels.toml:13: [adapters.cat]: no adapter of this name is installed (did you mean 'chat'?)\n"
        "laurels: laurels.toml:12: [adapters.chat].token: the environment variable CHAT_TOKEN is not set "
        "(export CHAT_TOKEN=... before starting, or write the value here)\n"
    )


def test_an_address_in_use_is_named(shell, start):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        configuration = shell.folder / "laurels.toml"
        configuration.write_text(configuration.read_text().replace("127.0.0.1:0", f"127.0.0.1:{port}"))
        running = start()
        stdout, stderr = running.process.communicate(timeout=20)
    assert (running.process.returncode, running.said + stdout) == (1, "")
    assert stderr.startswith(f"laurels: can't listen at 127.0.0.1:{port}: ")
    assert stderr.endswith("see [http].listen\n")
    assert len(stderr.splitlines()) == 1


def test_decisions_are_counted_by_the_laurels_that_runs(shell, start):
    shell.busy()
    running = start()
    assert running.get("/healthz") == "ok\n"
    assert shell("status").startswith("a laurels is running and counts\n")
    said = shell("award", "kindness", "bob")
    assert said.startswith("bob has Kindness now; ")
    assert shell("revoke", "kindness", "bob") == "bob's Kindness is revoked, until `laurels reinstate kindness console:bob`\n"
    assert shell("regrade", "chatterbox", "--yes") == "chatterbox is settled: 1 person holds it, as before\n"
    assert shell("undo", shell.cause("helper"), "--yes").endswith("1 award withdrawn\n")
    assert running.end()[0] == 0


def test_a_regrade_by_another_version_is_refused(shell, start, install):
    """Packs are read at the start: what the shell sees is not what the process that runs would count by."""
    source = "from laurels import Badge, Count\nGreeter = Badge(slug='greeter', measure=Count('message.posted'), levels=())\n"
    install("acme", "badges", "acme = acme", source.replace("levels=()", "levels=({},)").format("__import__('laurels').Level(at=1)"))
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("packs = []", 'packs = ["acme"]'))
    shell.busy()
    start()
    module = shell.folder / "site" / "acme.py"
    module.write_text(module.read_text().replace("at=1", "at=2 "))
    sys.modules.pop("acme", None)
    assert "the laurels that runs has badge:greeter@1#" in shell("regrade", "greeter", "--yes", status=1)
