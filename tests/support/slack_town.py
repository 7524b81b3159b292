"""A Slack of one's own: workspaces, people and channels, and an API over real HTTP that answers as Slack's does, refusals included.

What people do is told to whoever listens, as Slack's Events API tells it.
"""

import json
import math
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, NamedTuple

from aiohttp import web
from aiohttp.test_utils import TestServer

import block_kit

TOKEN = "xoxb-simulated"
Envelope = dict[str, Any]
Deliver = Callable[[Envelope], Awaitable[Any]]


class Call(NamedTuple):
    """A request that the API got."""

    method: str
    given: dict[str, Any]
    token: str


class Refusal(Exception):
    """What the API answers instead; *late*, when it has done what it was asked to."""

    def __init__(self, error: str, status: int = 200, headers: dict[str, str] | None = None, *, late: bool = False, **more: Any) -> None:
        super().__init__(error)
        self.error, self.status, self.headers, self.late, self.more = error, status, headers or {}, late, more


class Human:
    """Somebody; *told* are the ephemeral messages that only they saw, with their channel."""

    def __init__(self, town: "Town", id_: str, name: str, **facts: Any) -> None:
        self.town, self.id, self.name, self.facts, self.told = town, id_, name, facts, list[dict[str, Any]]()

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    @property
    def profile(self) -> dict[str, Any]:
        """As users.info tells."""
        flags = {"is_bot": False, "is_admin": False, "is_owner": False, "is_primary_owner": False, "deleted": False}
        names = {"name": self.name, "real_name": self.name.title(), "profile": {"display_name": self.name, "real_name": self.name.title()}}
        return {"id": self.id, "team_id": self.town.team, **names, **flags, "locale": "en-US", **self.facts}

    async def says(self, channel: "Room", text: str, *, thread: str = "", **more: Any) -> dict[str, Any]:
        """Write; returns the message once whoever listens was told."""
        message = channel.keep({"type": "message", "user": self.id, "text": text, "team": self.town.team, **more}, thread)
        await self.town.tell(channel.event(message))
        return message


class Room:
    """A channel, and what stands in it."""

    def __init__(self, town: "Town", id_: str, name: str, kind: str) -> None:
        self.town, self.id, self.name, self.kind = town, id_, name, kind
        self.messages: list[dict[str, Any]] = []
        self.members: set[str] = {town.bot_user}
        self.archived = False
        self.facts: dict[str, Any] = {}  # what else conversations.info tells

    @property
    def about(self) -> dict[str, Any]:
        """As conversations.info tells."""
        kinds = {"is_channel": self.kind == "channel", "is_group": self.kind == "group", "is_im": self.kind == "im", "is_mpim": False}
        private, member = self.kind != "channel", self.town.bot_user in self.members
        return {"id": self.id, "name": self.name, **kinds, "is_private": private, "is_member": member, "is_archived": self.archived,
                "context_team_id": self.town.team, **self.facts}  # fmt: skip

    def keep(self, message: dict[str, Any], thread: str = "") -> dict[str, Any]:
        """Write it down, with a time of its own."""
        its = message | {"ts": self.town.next_ts()} | ({"thread_ts": thread} if thread else {})
        self.messages.append(its)
        return its

    def event(self, message: dict[str, Any], **more: Any) -> dict[str, Any]:
        """The event that tells of a message."""
        return {**message, "channel": self.id, "channel_type": self.kind, "event_ts": message["ts"], **more}

    def find(self, ts: str) -> dict[str, Any]:
        """The message of that time. Raises Refusal where there is none."""
        found = next((message for message in self.messages if message["ts"] == ts), None)
        if found is None:
            raise Refusal("message_not_found")
        return found

    def thread(self, ts: str) -> list[dict[str, Any]]:
        """A message and the replies to it."""
        return [message for message in self.messages if ts in (message["ts"], message.get("thread_ts"))]

    @staticmethod
    def is_in_channel(message: dict[str, Any]) -> bool:
        """Whether it is seen outside its thread."""
        return message.get("thread_ts", message["ts"]) == message["ts"] or message.get("subtype") == "thread_broadcast"

    def shown(self, message: dict[str, Any]) -> dict[str, Any]:
        """A message as history has it: with the number of answers."""
        answers = [one for one in self.thread(message["ts"]) if one["ts"] != message["ts"]]
        told = {"thread_ts": message["ts"], "reply_count": len(answers), "latest_reply": answers[-1]["ts"]} if answers else {}
        return {**message, **told}

    @property
    def texts(self) -> list[str]:
        """What stands there."""
        return [message.get("text", "") for message in self.messages]


class Town:
    """A workspace and its API. *deliver* gets each event's envelope. *scopes* are those of the token; *refuse* makes a method fail."""

    def __init__(self, team: str = "T0TOWN", *, token: str = TOKEN, enterprise: str = "", start: float = 1_767_225_600.0) -> None:
        self.team, self.enterprise, self.token, self.app_id = team, enterprise, token, "A0LAURELS"
        self.bot_user, self.bot, self.address = "U0LAURELS", "B0LAURELS", ""
        self.people: dict[str, Human] = {}
        self.rooms: dict[str, Room] = {}
        self.groups: dict[str, tuple[str, list[str]]] = {}  # user groups: handle and members, by id
        self.files: dict[str, dict[str, Any]] = {}
        self.views: list[dict[str, Any]] = []  # opened, updated and pushed
        self.homes: dict[str, dict[str, Any]] = {}
        self.responses: list[dict[str, Any]] = []  # what came to response_url
        self.answered: list[tuple[str, dict[str, Any]]] = []  # the same, each behind where it came
        self.calls: list[Call] = []
        self.refused: list[Call] = []  # of these, those that failed
        self.app_token = "xapp-simulated"
        self.client = ("4711.0815", "client-secret")  # the app's own credentials
        self.codes: dict[str, dict[str, Any]] = {}  # what oauth.v2.access answers, by code
        self.tokens: dict[str, dict[str, Any]] = {}  # what auth.test says of the tokens that were given out
        self.revoked: set[str] = set()
        self._asking = ""  # the token of the present request
        self.faults: list[str] = []  # what of Block Kit was wrong
        self._answers: dict[str, tuple[float, int]] = {}  # until when, and how often, an answer can go there
        self.scopes: set[str] | None = None  # None: all
        self.deliver: Deliver | None = None
        self.tick = 1.0  # seconds from one message to the next
        self.between = 0.0  # seconds that Slack wants between two messages in a channel; who is faster is refused
        self.looks = 0  # how often one has to look at a new file until it is worked through
        self._free: dict[str, float] = {}
        self.now, self.start, self._refusals = start, start, dict[str, Iterator[Refusal | None]]()
        self._numbers = count(1)

    # who and what there is

    def human(self, name: str, **facts: Any) -> Human:
        """Somebody new."""
        id_ = f"U{next(self._numbers):08d}"
        self.people[id_] = Human(self, id_, name, **facts)
        return self.people[id_]

    def room(self, name: str, kind: str = "channel", *members: Human) -> Room:
        """A new channel; *kind* is channel, group (private), im or mpim. The bot is in it."""
        id_ = f"{'D' if kind == 'im' else 'C'}{next(self._numbers):08d}"
        self.rooms[id_] = Room(self, id_, name, kind)
        self.rooms[id_].members |= {human.id for human in members}
        return self.rooms[id_]

    def next_ts(self) -> str:
        """A time that nothing else has, a tick after the last."""
        self.now += self.tick
        return f"{int(self.now)}.{next(self._numbers):06d}"

    def refuse(self, method: str, *refusals: Refusal | None, always: Refusal | None = None) -> None:
        """Let a method fail in turn; None is a time that it works. Then *always*, or no more."""

        def failing() -> Iterator[Refusal | None]:
            yield from refusals
            while True:
                yield always

        self._refusals[method] = failing()

    def asked(self, method: str) -> list[dict[str, Any]]:
        """What a method was given, each time."""
        return [call.given for call in self.calls if call.method == method]

    # what is told

    async def tell(self, event: dict[str, Any], **more: Any) -> Envelope:
        """Deliver an event in its envelope, under an id of its own; returns the envelope."""
        envelope = {
            "token": "unused", "team_id": self.team, "api_app_id": self.app_id, "event": event, "type": "event_callback",
            "event_id": f"Ev{next(self._numbers):08d}", "event_time": int(self.now), "event_context": "4-simulated",
            "authorizations": [
                {"enterprise_id": self.enterprise or None, "team_id": self.team, "user_id": self.bot_user, "is_bot": True,
                 "is_enterprise_install": False}
            ],
            "is_ext_shared_channel": False, **({"enterprise_id": self.enterprise} if self.enterprise else {}), **more,
        }  # fmt: skip
        assert self.deliver is not None, "nobody listens"
        await self.deliver(envelope)
        return envelope

    # the API

    @asynccontextmanager
    async def open(self) -> Any:
        """Serve it; :attr:`api` is its address."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._answer)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_post("/response/{number}", self._respond)
        async with TestServer(app) as server:
            self.address = str(server.make_url("/")).rstrip("/")
            yield self
        assert not self.faults, "\n".join(self.faults)

    @property
    def api(self) -> str:
        return f"{self.address}/api/"

    def response_url(self) -> str:
        """An address to which a command's answer can go: for half an hour, five times."""
        path = f"/response/{next(self._numbers)}"
        self._answers[path] = (self.now + 1800, 5)
        return self.address + path

    async def _respond(self, request: web.Request) -> web.Response:
        given = await request.json()
        until, left = self._answers.get(request.path, (0.0, 0))
        self._answers[request.path] = (until, left - 1)
        try:
            if (refusal := next(self._refusals.get("response_url", iter([None])), None)) is not None:
                raise refusal
            if self.now > until or left < 1:
                raise Refusal("used_url" if left < 1 else "expired_url", 404)
            self._valid(block_kit.check_message, given)
        except Refusal as refusal:
            told = refusal.error if refusal.status != 200 else json.dumps({"ok": False, "error": refusal.error})
            return web.Response(status=refusal.status, text=told, headers=refusal.headers)
        self.responses.append(given)
        self.answered.append((request.path, given))
        return web.Response(text="ok")

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        given = await _given(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or given.pop("token", "")
        self.calls.append(call := Call(method, given, token))
        try:
            coming = next(self._refusals.get(method, iter([None])), None)
            if coming is not None and not coming.late:
                raise coming
            self._admit(method, token)
            self._asking = token
            handler = getattr(self, f"_{_snake(method)}", None)
            if handler is None:
                raise Refusal("unknown_method")
            told = handler(given) or {}
            if coming is not None:
                raise coming
            headers = {"x-oauth-scopes": ",".join(sorted(self.scopes if self.scopes is not None else block_kit.ALL_SCOPES))}
            return web.json_response({"ok": True, **told}, headers=headers)
        except Refusal as refusal:
            self.refused.append(call)
            told = {"ok": False, "error": refusal.error, **refusal.more}
            return web.json_response(told, status=refusal.status, headers=refusal.headers)

    def _admit(self, method: str, token: str) -> None:
        if method == "oauth.v2.access":
            return
        if token in self.revoked:
            raise Refusal("token_revoked")
        if token not in ({self.app_token} if method == "apps.connections.open" else {self.token, *self.tokens}):
            raise Refusal("invalid_auth")
        needed = block_kit.SCOPES.get(method, frozenset())
        if self.scopes is not None and needed and not needed & self.scopes:
            raise Refusal("missing_scope", needed=sorted(needed)[0], provided=",".join(sorted(self.scopes)))

    def _auth_test(self, given: dict[str, Any]) -> dict[str, Any]:
        if self._asking in self.tokens:
            return self.tokens[self._asking]
        its = {"team": "Town", "team_id": self.team, "user": "laurels", "user_id": self.bot_user, "bot_id": self.bot}
        return {"url": "https://town.slack.com/", "is_enterprise_install": False, **its, "enterprise_id": self.enterprise or None}

    def _bots_info(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"bot": {"id": given["bot"], "app_id": self.app_id, "name": "laurels"}}

    def offer(self, code: str, team: str = "T0TOWN", *, enterprise: str = "", installer: str = "", **more: Any) -> str:
        """Let a code be brought in for the token of a *team*, or without one, of the whole enterprise; returns the token."""
        token, whole = f"xoxb-{team or enterprise}-{next(self._numbers)}", not team
        bot = {"user_id": f"U{team or enterprise}", "bot_id": f"B{team or enterprise}"}
        name = f"{team or enterprise} & Co"
        self.codes[code] = {
            "access_token": token, "token_type": "bot", "scope": "chat:write", "bot_user_id": bot["user_id"], "app_id": self.app_id,
            "team": None if whole else {"id": team, "name": name}, "enterprise": {"id": enterprise, "name": name} if enterprise else None,
            "authed_user": {"id": installer}, "is_enterprise_install": whole, **more,
        }  # fmt: skip
        its = {"url": "https://town.slack.com/", "team": name, "team_id": team or enterprise, "user": "laurels"}
        self.tokens[token] = {**its, **bot, "enterprise_id": enterprise or None, "is_enterprise_install": whole}
        return token

    def _oauth_v2_access(self, given: dict[str, Any]) -> dict[str, Any]:
        if (str(given.get("client_id")), given.get("client_secret")) != self.client:
            raise Refusal("bad_client_secret")
        if given.get("grant_type") == "refresh_token":
            answer = self.codes.pop(given["refresh_token"], None)
        else:
            answer = self.codes.pop(given.get("code", ""), None)
        if answer is None:
            raise Refusal("invalid_code" if "code" in given else "invalid_refresh_token")
        return answer

    def _users_info(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["user"] not in self.people:
            raise Refusal("user_not_found")
        return {"user": self.people[given["user"]].profile}

    def _users_list(self, given: dict[str, Any]) -> dict[str, Any]:
        found = [human.profile for human in self.people.values()]
        begin, limit = int(given.get("cursor") or 0), int(given.get("limit") or 1000)
        more = {"next_cursor": str(begin + limit)} if len(found) > begin + limit else {}
        return {"members": found[begin : begin + limit], "response_metadata": more}

    def _auth_teams_list(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"teams": [{"id": self.team, "name": "Town"}], "response_metadata": {"next_cursor": ""}}

    def _conversations_info(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"channel": self._room(given).about}

    def _conversations_list(self, given: dict[str, Any]) -> dict[str, Any]:
        return _piece([room.about for room in self._listed(given)], given)

    def _users_conversations(self, given: dict[str, Any]) -> dict[str, Any]:
        return _piece([room.about for room in self._listed(given) if self.bot_user in room.members], given)

    def _listed(self, given: dict[str, Any]) -> list[Room]:
        types = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
        wanted = {types[each.strip()] for each in given.get("types", "public_channel").split(",")}
        return [room for room in self.rooms.values() if room.kind in wanted]

    def _conversations_open(self, given: dict[str, Any]) -> dict[str, Any]:
        user = given["users"]
        found = next((room for room in self.rooms.values() if room.kind == "im" and user in room.members), None)
        return {"channel": (found or self.room("", "im", self.people[user])).about}

    def _conversations_history(self, given: dict[str, Any]) -> dict[str, Any]:
        room = self._joined(given)
        return self._page([room.shown(one) for one in room.messages if room.is_in_channel(one)], given, newest_first=True)

    def _conversations_replies(self, given: dict[str, Any]) -> dict[str, Any]:
        room = self._joined(given)
        return self._page([room.shown(one) for one in room.thread(given["ts"])], given, newest_first=False)

    def _page(self, messages: list[dict[str, Any]], given: dict[str, Any], *, newest_first: bool) -> dict[str, Any]:
        oldest, latest = str(given.get("oldest") or "0"), str(given.get("latest") or "9" * 12)
        inside = [one for one in messages if _number(oldest) < _number(one["ts"]) < _number(latest)]
        inside.sort(key=lambda one: _number(one["ts"]), reverse=newest_first)
        begin, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
        page, more = inside[begin : begin + limit], len(inside) > begin + limit
        cursor = {"next_cursor": str(begin + limit)} if more else {}
        shown = [{key: value for key, value in one.items() if key != "metadata" or given.get("include_all_metadata")} for one in page]
        return {"messages": shown, "has_more": more, "response_metadata": cursor}

    def _chat_post_message(self, given: dict[str, Any]) -> dict[str, Any]:
        room = self._joined(given)
        if self.now < self._free.get(room.id, 0.0):
            raise Refusal("ratelimited", 429, {"Retry-After": f"{math.ceil(self._free[room.id] - self.now)}"})
        self._free[room.id] = self.now + self.between
        message = room.keep(self._own(given), given.get("thread_ts") or "")
        return {"channel": room.id, "ts": message["ts"], "message": message}

    def _chat_update(self, given: dict[str, Any]) -> dict[str, Any]:
        room = self._joined(given)
        message = room.find(given["ts"])
        message.update(self._own(given), edited={"user": self.bot_user, "ts": self.next_ts()})
        return {"channel": room.id, "ts": message["ts"], "text": message["text"]}

    def _own(self, given: dict[str, Any]) -> dict[str, Any]:
        self._valid(block_kit.check_message, given)
        blocks = given.get("blocks") or []
        if not given.get("text") and not blocks:
            raise Refusal("no_text")
        for id_ in re.findall(r'"slack_file": \{"id": "(\w+)"', json.dumps(blocks)):
            if id_ not in self.files or not self.files[id_].get("shown"):
                raise Refusal("invalid_blocks", response_metadata={"messages": ["[ERROR] invalid slack file"]})
        its = {"type": "message", "user": self.bot_user, "bot_id": self.bot, "app_id": self.app_id, "team": self.team}
        return {**its, "text": given.get("text", ""), "blocks": blocks, **({"metadata": given["metadata"]} if "metadata" in given else {})}

    def _chat_post_ephemeral(self, given: dict[str, Any]) -> dict[str, Any]:
        room = self._joined(given)
        self._valid(block_kit.check_message, given)
        self.people[given["user"]].told.append({"channel": room.id, **given})
        return {"message_ts": self.next_ts()}

    def _chat_get_permalink(self, given: dict[str, Any]) -> dict[str, Any]:
        its = self._room(given).find(given["message_ts"])["ts"].replace(".", "")
        return {"channel": given["channel"], "permalink": f"https://town.slack.com/archives/{given['channel']}/p{its}"}

    def _reactions_add(self, given: dict[str, Any]) -> None:
        message = self._joined(given).find(given["timestamp"])
        message.setdefault("reactions", []).append({"name": given["name"], "users": [self.bot_user], "count": 1})

    def _usergroups_list(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"usergroups": [{"id": id_, "handle": handle, "users": users} for id_, (handle, users) in self.groups.items()]}

    def _views_open(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._view(given)

    def _views_push(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._view(given)

    def _views_update(self, given: dict[str, Any]) -> dict[str, Any]:
        return self._view(given)

    def _views_publish(self, given: dict[str, Any]) -> dict[str, Any]:
        self._valid(block_kit.check_view, given["view"])
        self.homes[given["user_id"]] = given["view"]
        return {"view": given["view"] | {"id": f"V{next(self._numbers)}"}}

    def _view(self, given: dict[str, Any]) -> dict[str, Any]:
        self._valid(block_kit.check_view, given["view"])
        self.views.append(given["view"] | {"id": given.get("view_id") or f"V{next(self._numbers)}"})
        return {"view": self.views[-1]}

    def _files_get_upload_url_external(self, given: dict[str, Any]) -> dict[str, Any]:
        id_ = f"F{next(self._numbers):08d}"
        self.files[id_] = {"id": id_, "name": given["filename"], "alt": given.get("alt_txt", ""), "size": int(given["length"])}
        return {"upload_url": f"{self.address}/upload/{id_}", "file_id": id_}

    async def _upload(self, request: web.Request) -> web.Response:
        body = await request.read()
        if request.content_type.startswith("multipart/"):
            body = body.split(b"\r\n\r\n", 1)[1]
        self.files[request.match_info["file"]]["content"] = body
        return web.Response(text="OK - 1")

    def _files_complete_upload_external(self, given: dict[str, Any]) -> dict[str, Any]:
        for one in given["files"]:
            if "content" not in self.files.get(one["id"], {}):
                raise Refusal("file_not_found")
            its = {"title": one.get("title", ""), "shown": not self.looks, "looks": self.looks, "channel": given.get("channel_id", "")}
            self.files[one["id"]] |= its
        return {"files": given["files"]}

    def _files_info(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["file"] not in self.files:
            raise Refusal("file_not_found")
        its = self.files[given["file"]]
        if not its.get("shown") and its.get("looks"):
            its["looks"] -= 1
            its["shown"] = not its["looks"]
        return {"file": {"id": its["id"], "name": its["name"], "mimetype": "image/png" if its.get("shown") else ""}}

    def _apps_connections_open(self, given: dict[str, Any]) -> dict[str, Any]:
        return {"url": f"{self.address.replace('http', 'ws', 1)}/link/?ticket=simulated"}

    def _valid(self, check: Callable[[Any], None], shown: Any) -> None:
        """Refuse what Slack would not show, and keep it in mind: a test that leaves the town fails for it."""
        try:
            check(shown)
        except block_kit.Invalid as invalid:
            self.faults.append(str(invalid))
            raise Refusal("invalid_blocks", response_metadata={"messages": [str(invalid)]}) from None

    def _room(self, given: dict[str, Any]) -> Room:
        room = self.rooms.get(given.get("channel", ""))
        if room is None:
            raise Refusal("channel_not_found")
        return room

    def _joined(self, given: dict[str, Any]) -> Room:
        room = self._room(given)
        if self.bot_user not in room.members:
            raise Refusal("not_in_channel" if room.kind == "channel" else "channel_not_found")
        return room


def _piece(channels: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
    """A page of a list."""
    begin, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
    more = str(begin + limit) if len(channels) > begin + limit else ""
    return {"channels": channels[begin : begin + limit], "response_metadata": {"next_cursor": more}}


async def _given(request: web.Request) -> dict[str, Any]:
    """The arguments, however they were sent."""
    if request.content_type == "application/json":
        return dict(await request.json())
    form = {**request.query, **(await request.post())}
    return {key: _read(value) for key, value in form.items()}


def _read(value: Any) -> Any:
    """What slack_sdk wrote as JSON inside a form."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _snake(method: str) -> str:
    """``chat.postMessage`` as ``chat_post_message``."""
    return re.sub(r"(?<=[a-z])[A-Z]+", lambda found: "_" + found[0].lower(), method.replace("URL", "Url")).replace(".", "_").lower()


def _number(ts: str) -> tuple[int, int]:
    seconds, _, micros = ts.partition(".")
    return int(seconds), int((micros or "0").ljust(6, "0"))
