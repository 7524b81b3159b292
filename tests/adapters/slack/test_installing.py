"""Several workspaces: somebody installs the app by a web page, its token is kept encrypted, and uninstalling only pauses."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import structlog
from aiohttp.test_utils import TestServer
from cryptography.fernet import Fernet
from msgspec import structs

from laurels import Badge, Count, Level
from laurels_slack.installations import Installations
from laurels_slack.installing import begin
from laurels_slack.scopes import asked
from slack_stage import Stage, staged
from slack_town import Refusal, Town

KEY, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SEVERAL: dict[str, Any] = {"bot_token": "", "client_id": "4711.0815", "client_secret": "client-secret", "encryption_key": KEY}
TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=1),))


class Browser:
    """Somebody's. It keeps cookies, also those that are for https alone."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address, self.session, self.cookie = address, session, ""
        self.page, self.headers, self.status = "", dict[str, str](), 0

    async def get(self, path: str) -> str:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        async with self.session.get(self.address + path, headers=headers, allow_redirects=False) as response:
            self.page, self.headers, self.status = await response.text(), dict(response.headers), response.status
            if "Set-Cookie" in self.headers:
                self.cookie = self.headers["Set-Cookie"].partition(";")[0]
        return self.page

    async def begin(self) -> dict[str, list[str]]:
        """Open the install page; what its button takes to Slack."""
        link = re.search(r'class="button" href="([^"]+)"', await self.get("/slack/install"))
        assert link is not None
        return parse_qs(urlsplit(link[1].replace("&amp;", "&")).query)

    async def install(self, code: str) -> str:
        """The whole way; what stands at its end."""
        (state,) = (await self.begin())["state"]
        return await self.get(f"/slack/oauth_redirect?code={code}&state={state}")


@asynccontextmanager
async def browsing(stage: Stage) -> AsyncIterator[Browser]:
    async with TestServer(stage.app.routes.application(1_000_000)) as server, aiohttp.ClientSession() as session:
        yield Browser(str(server.make_url("/")).rstrip("/"), session)


async def kept(stage: Stage) -> Any:
    return await stage.app.host("slack").state.all("installation:")


async def test_the_page_asks_slack_for_the_scopes_of_the_table_and_explains_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_REDIRECT_URI", "SLACK_SCOPES", "SLACK_USER_SCOPES", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        monkeypatch.setenv(name, "something of Bolt's own")
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        query = await browser.begin()
        scopes = [need.name for need in asked(stage.wanted)]
        assert query["client_id"] == ["4711.0815"] and query["scope"] == [",".join(scopes)]
        assert "user_scope" not in query and "redirect_uri" not in query
        assert all(f"<code>{scope}</code>" in browser.page for scope in scopes)
        assert browser.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert browser.headers["Referrer-Policy"] == "no-referrer" and browser.headers["Cache-Control"] == "no-store"


async def test_who_installs_it_is_told_what_is_next_on_the_page_and_in_private(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        ines = stage.town.human("ines")
        stage.town.offer("c0de", "T1", installer=ines.id)
        assert "laurels is in T1 &amp; Co" in await browser.install("c0de")
        assert browser.status == 200 and browser.headers["Content-Type"].startswith("text/html")
        assert "<code>/badges-admin setup</code>" in browser.page and "slack://app?team=T1&amp;id=A0LAURELS" in browser.page
        (text,) = [text for room in stage.town.rooms.values() for text in room.texts]
        assert text.startswith("Thank you for letting me into T1 &amp; Co.")
        assert "/badges-admin setup" in text and "invite me" in text


async def test_a_workspace_of_no_community_is_told_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        monkeypatch.setattr("laurels.app.host.AppHost.community", lambda host, platform, realm: None)
        stage.town.offer("c0de", "T1", installer=stage.town.human("ines").id)
        assert "belongs to no community" in await browser.install("c0de") and "<code>T1</code>" in browser.page
        (text,) = [text for room in stage.town.rooms.values() for text in room.texts]
        assert "belongs to no community that I know" in text and "`T1`" in text


async def test_what_happens_there_is_counted_and_announced_with_its_own_token(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER, **SEVERAL) as stage, browsing(stage) as browser:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        await ana.says(general, "too early")
        token = stage.town.offer("c0de", stage.town.team)
        await browser.install("c0de")
        await ana.says(general, "hello")
        await stage.rest()
        assert await stage.held(ana) == ["talker@1"]
        assert len(general.texts) == 3
        assert {call.token for call in stage.town.calls if call.method == "chat.postMessage"} == {token}


def written(folder: Path) -> bytes:
    """Every file in it, the database and its log among them."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_no_token_stands_in_the_database(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        token = stage.town.offer("c0de", "T1", refresh_token="xoxe-1-refresh", expires_in=43_200)
        await browser.install("c0de")
        content = written(tmp_path)
        assert b"installation:T1" in content
        assert [secret for secret in (token, "xoxe-1-refresh", "client-secret", KEY) if secret.encode() in content] == []
        its = await stage.adapter.workspaces.of("T1")
        assert its is not None and its.token == token and token not in repr(its)


async def test_another_process_has_it_too_and_so_has_the_next(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        other = Installations(stage.wanted, stage.app.host("slack").state)
        assert list(await other.all()) == []
        stage.town.offer("c0de", "T1")
        await browser.install("c0de")
        stage.arrive()
        assert [its.realm for its in await stage.adapter.workspaces.all()] == ["T1"]
        other._looked -= 60
        assert [its.realm for its in await other.all()] == ["T1"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("error=access_denied&state={state}", 200, "It was not allowed"),
        ("code=c0de", 400, "not reached from laurels&#x27; own install page"),
        ("code=c0de&state=made-up", 400, "not reached from laurels&#x27; own install page"),
        ("state={state}", 401, "Slack sent no code along"),
        ("code=old&state={state}", 400, "Slack no longer takes its code"),
        ("error=%3Cscript%3E&state={state}", 200, "&lt;script&gt;"),
    ],
)
async def test_what_went_wrong_is_said_on_a_page_with_the_way_back(tmp_path: Path, query: str, status: int, said: str) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("c0de")
        (state,) = (await browser.begin())["state"]
        assert said in await browser.get(f"/slack/oauth_redirect?{query.format(state=state)}")
        assert browser.status == status and 'href="/slack/install"' in browser.page
        assert await kept(stage) == {}


async def test_another_browser_can_not_end_what_this_one_began(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser, browsing(stage) as thief:
        stage.town.offer("c0de")
        (state,) = (await browser.begin())["state"]
        await thief.begin()
        await thief.get(f"/slack/oauth_redirect?code=c0de&state={state}")
        assert thief.status == 400 and await kept(stage) == {}


async def test_a_way_can_be_gone_once_and_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("first", "T1")
        stage.town.offer("second", "T2")
        (state,) = (await browser.begin())["state"]
        cookie = browser.cookie
        await browser.get(f"/slack/oauth_redirect?code=first&state={state}")
        browser.cookie = cookie
        assert "opened twice" in await browser.get(f"/slack/oauth_redirect?code=second&state={state}")
        (state,) = (await browser.begin())["state"]
        monkeypatch.setattr("laurels_slack.states.time.time", lambda: 9e9)
        assert "ten minutes" in await browser.get(f"/slack/oauth_redirect?code=second&state={state}")
        assert list(await kept(stage)) == ["installation:T1"]
        await browser.begin()
        assert len(await stage.app.host("slack").state.all("oauth:")) == 1


async def test_a_way_that_began_before_a_restart_ends_well(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage:
        stage.town.offer("c0de", "T1")
        async with browsing(stage) as browser:
            (state,) = (await browser.begin())["state"]
        stage.arrive()
        async with browsing(stage) as again:
            again.cookie = browser.cookie
            await again.get(f"/slack/oauth_redirect?code=c0de&state={state}")
            assert again.status == 200 and list(await kept(stage)) == ["installation:T1"]


async def test_wrong_credentials_of_the_app_are_the_operators_business(tmp_path: Path) -> None:
    async with staged(tmp_path, **{**SEVERAL, "client_secret": "wrong"}) as stage, browsing(stage) as browser:
        stage.town.offer("c0de")
        with structlog.testing.capture_logs() as logs:
            page = await browser.install("c0de")
        assert "finds the reason in its log" in page and browser.status == 400
        assert {"event": "not installed", "why": "bad_client_secret", "log_level": "error"} in logs


async def test_a_slack_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    async with staged(tmp_path, **{**SEVERAL, "api_url": "http://127.0.0.1:1/api/"}) as stage, browsing(stage) as browser:
        assert "could not reach Slack" in await browser.install("c0de") and browser.status == 502


async def test_keys_can_be_changed_and_the_old_one_goes(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        token = stage.town.offer("c0de", "T1")
        await browser.install("c0de")
        state = stage.app.host("slack").state
        both = Installations(with_keys(stage, [OTHER, KEY]), state)
        assert [its.token for its in await both.all()] == [token]
        await both.renew()
        assert [its.token for its in await Installations(with_keys(stage, OTHER), state).all()] == [token]
        before = await kept(stage)
        await both.renew()
        assert await kept(stage) == before


async def test_a_lost_key_costs_only_whom_it_was_for_and_is_said(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("c0de", "T1")
        await browser.install("c0de")
        lost = Installations(with_keys(stage, OTHER), stage.app.host("slack").state)
        with structlog.testing.capture_logs() as logs:
            await lost.renew()
        assert "put back the key that it was kept with, or install anew" in logs[0]["event"] and logs[0]["workspace"] == "T1"
        assert await lost.of("T1") is None and lost.unreadable == ("T1",)
        its = await stage.adapter.workspaces.of("T1")
        assert its is not None
        await lost.save(its)
        assert await lost.of("T1") == its


async def test_what_was_kept_for_one_workspace_does_not_open_for_another(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("c0de", "T1")
        await browser.install("c0de")
        await stage.app.host("slack").state.put("installation:T2", (await kept(stage))["installation:T1"])
        stage.arrive()
        assert await stage.adapter.workspaces.of("T2") is None


def with_keys(stage: Stage, keys: str | list[str]) -> Any:
    return structs.replace(stage.wanted, encryption_key=keys)


# enterprises


async def test_an_enterprise_has_one_installation_for_all_its_teams(tmp_path: Path) -> None:
    async with staged(tmp_path, town=Town(enterprise="E1"), **SEVERAL) as stage, browsing(stage) as browser:
        whole = stage.town.offer("c0de", "", enterprise="E1")
        assert "Manage apps" in await browser.install("c0de")
        of = stage.adapter.workspaces.of
        for team in ("T1", "T2", "E1"):
            its = await of(team, "E1")
            assert its is not None and (its.token, its.team, its.enterprise, its.realm) == (whole, "", "E1", "E1")
        assert await of("T1", "E2") is None and await of("T1") is None and await of("", "") is None


async def test_a_team_inside_an_enterprise_can_have_its_own(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        own, whole = stage.town.offer("own", "T1", enterprise="E1"), stage.town.offer("whole", "", enterprise="E1")
        await browser.install("own")
        assert await stage.adapter.workspaces.of("T2", "E1") is None
        await browser.install("whole")
        tokens = [its.token for team in ("T1", "T2") if (its := await stage.adapter.workspaces.of(team, "E1"))]
        assert tokens == [own, whole]


# leaving


async def gone(stage: Stage, **more: Any) -> list[Any]:
    with structlog.testing.capture_logs() as logs:
        await stage.town.tell({"type": "app_uninstalled"}, **more)
    return [line for line in logs if "uninstalled" in line["event"]]


async def test_uninstalling_forgets_the_token_and_nothing_else_and_installing_anew_goes_on(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER, **SEVERAL) as stage, browsing(stage) as browser:
        ana, general, ines = stage.town.human("ana"), stage.town.room("general"), stage.town.human("ines")
        token = stage.town.offer("c0de", stage.town.team, installer=ines.id)
        await browser.install("c0de")
        await ana.says(general, "hello")
        await stage.rest()
        stage.town.revoked.add(token)
        (line,) = await gone(stage)
        assert "what was counted is kept" in line["event"] and line["workspace"] == stage.town.team
        assert await kept(stage) == {} and await stage.held(ana) == ["talker@1"]
        await ana.says(general, "nobody hears")
        new = stage.town.offer("again", stage.town.team, installer=ines.id)
        await browser.install("again")
        its = await stage.adapter.workspaces.of(stage.town.team)
        assert its is not None and its.token == new
        assert len([text for room in stage.town.rooms.values() for text in room.texts if "Thank you" in text]) == 2


async def test_what_is_told_late_of_an_earlier_installation_takes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("c0de", stage.town.team)
        await browser.install("c0de")
        assert await gone(stage) == []
        await stage.town.tell({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0OLD"]}})
        assert len(await kept(stage)) == 1


async def test_a_revoked_token_is_forgotten_but_not_for_a_persons(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        token = stage.town.offer("c0de", stage.town.team)
        await browser.install("c0de")
        stage.town.revoked.add(token)
        await stage.town.tell({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})
        assert len(await kept(stage)) == 1
        await stage.town.tell({"type": "tokens_revoked", "tokens": {"bot": [f"U{stage.town.team}"]}})
        assert await kept(stage) == {}


async def test_an_enterprise_that_uninstalls_leaves_a_teams_own(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("own", stage.town.team, enterprise="E1")
        whole = stage.town.offer("whole", "", enterprise="E1")
        await browser.install("own")
        await browser.install("whole")
        stage.town.revoked.add(whole)
        await gone(stage, enterprise_id="E1")
        assert list(await kept(stage)) == [f"installation:{stage.town.team}"]


async def test_where_slack_can_not_say_whether_it_works_it_is_told_again(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        stage.town.offer("c0de", stage.town.team)
        await browser.install("c0de")
        stage.town.refuse("auth.test", Refusal("internal_error"))
        body = {"type": "event_callback", "team_id": stage.town.team, "event": {"type": "app_uninstalled"}, "event_id": "Ev1"}
        assert (await stage.deliver(body)).status == 500
        assert len(await kept(stage)) == 1


async def test_who_uninstalled_while_laurels_was_away_is_forgotten_at_the_start(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        token = stage.town.offer("one", "T1")
        stage.town.offer("two", "T2")
        await browser.install("one")
        await browser.install("two")
        stage.town.revoked.add(token)
        with structlog.testing.capture_logs() as logs:
            await begin(stage.app.host("slack"), stage.wanted, stage.adapter.workspaces)
        assert list(await kept(stage)) == ["installation:T2"]
        assert [line["workspace"] for line in logs] == ["T1"]
        for doubtful in ("internal_error", "org_login_required", "invalid_auth"):
            stage.town.refuse("auth.test", always=Refusal(doubtful))
            await begin(stage.app.host("slack"), stage.wanted, stage.adapter.workspaces)
            assert list(await kept(stage)) == ["installation:T2"]


# tokens that end


async def test_a_token_that_ends_is_renewed_before(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        first = stage.town.offer("c0de", "T1", refresh_token="xoxe-1", expires_in=600)
        await browser.install("c0de")
        second = stage.town.offer("xoxe-1", "T1", refresh_token="xoxe-2", expires_in=43_200)
        its = await stage.adapter.workspaces.of("T1")
        assert its is not None and (its.token, its.refresh) == (second, "xoxe-2") and first != second
        other = Installations(stage.wanted, stage.app.host("slack").state)
        assert [each.token for each in await other.all()] == [second]


async def test_a_token_that_can_not_be_renewed_is_used_to_its_end(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        token = stage.town.offer("c0de", "T1", refresh_token="xoxe-1", expires_in=600)
        await browser.install("c0de")
        with structlog.testing.capture_logs() as logs:
            its = await stage.adapter.workspaces.of("T1")
        assert its is not None and its.token == token
        assert logs[0]["why"] == "invalid_refresh_token"


# telling the installer


async def test_who_could_not_be_told_is_told_at_the_next_start(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        ines, host = stage.town.human("ines"), stage.app.host("slack")
        stage.town.offer("c0de", "T1", installer=ines.id)
        stage.town.refuse("conversations.open", Refusal("internal_error"))
        await browser.install("c0de")
        assert browser.status == 200 and stage.town.asked("chat.postMessage") == []
        for _ in range(2):
            await begin(host, stage.wanted, stage.adapter.workspaces)
        assert len(stage.town.asked("chat.postMessage")) == 1


async def test_who_takes_no_messages_is_let_be(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        ines, host = stage.town.human("ines"), stage.app.host("slack")
        stage.town.offer("c0de", "T1", installer=ines.id)
        stage.town.refuse("conversations.open", always=Refusal("cannot_dm_bot"))
        await browser.install("c0de")
        await begin(host, stage.wanted, stage.adapter.workspaces)
        assert len(stage.town.asked("conversations.open")) == 1


async def test_a_workspace_that_a_community_takes_in_later_is_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        with monkeypatch.context() as patched:
            patched.setattr("laurels.app.host.AppHost.community", lambda host, platform, realm: None)
            stage.town.offer("c0de", "T1", installer=stage.town.human("ines").id)
            await browser.install("c0de")
        for _ in range(2):
            await begin(stage.app.host("slack"), stage.wanted, stage.adapter.workspaces)
        stranger, taken = [text for room in stage.town.rooms.values() for text in room.texts]
        assert "belongs to no community" in stranger and taken.startswith("Thank you for letting me into T1 &amp; Co.")


async def test_the_command_is_called_as_it_is_configured_and_the_name_is_no_markup(tmp_path: Path) -> None:
    async with staged(tmp_path, **SEVERAL, command="/laurels") as stage, browsing(stage) as browser:
        stage.town.offer("c0de", "T1", installer=stage.town.human("ines").id)
        stage.town.codes["c0de"]["team"]["name"] = "*<!channel>*"
        assert "<code>/laurels-admin setup</code>" in await browser.install("c0de") and "&lt;!channel&gt;" in browser.page
        (text,) = [text for room in stage.town.rooms.values() for text in room.texts]
        assert "into &lt;!channel&gt;." in text and "`/laurels-admin setup`" in text and "/badges" not in text


async def test_who_speaks_german_is_told_so_where_no_community_has_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, **SEVERAL) as stage, browsing(stage) as browser:
        monkeypatch.setattr("laurels.app.host.AppHost.community", lambda host, platform, realm: None)
        stage.town.offer("c0de", "T1", installer=stage.town.human("ines", locale="de-DE").id)
        await browser.install("c0de")
        (text,) = [text for room in stage.town.rooms.values() for text in room.texts]
        assert "gehört zu keiner Gemeinschaft" in text


async def test_slack_is_heard_before_all_installers_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beginning = asyncio.Event()

    async def begin(*_: Any) -> None:
        beginning.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("laurels_slack.adapter.installing.begin", begin)
    async with staged(tmp_path, **SEVERAL, app_token="", signing_secret="secret") as stage:
        running = asyncio.create_task(stage.adapter.run(stage.app.host("slack")))
        await beginning.wait()
        async with browsing(stage) as browser, browser.session.post(f"{browser.address}/slack/events") as response:
            assert response.status == 401
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
