"""What Slack's refusals mean for an announcement, in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from laurels import Later, LaurelsError, Unreachable

TOO_MANY: Final = 30.0  # seconds, where Slack does not say how long

_INVITE: Final = "the app is not in the channel: write /invite and its name there"
_GONE: Final = "the app was uninstalled, or its token revoked: install it again"

# https://docs.slack.dev/reference/methods/chat.postMessage#errors, and those of chat.update and conversations.open
_WORDS: Final = {
    "access_denied": "the app may not write there",
    "account_inactive": _GONE,
    "as_user_not_supported": "the app may not write there",
    "cannot_dm_bot": "they are an app, which takes no direct messages",
    "cannot_reply_to_message": "that message can't be answered in a thread",
    "cant_update_message": "the message is not the app's own any more",
    "channel_is_archived": "the channel is archived",
    "channel_not_found": "there is no such channel, or the app may not see it",
    "edit_window_closed": "the workspace doesn't let messages be edited so late",
    "ekm_access_denied": "the workspace's administrators have suspended messages there",
    "enterprise_is_restricted": "the app may not be used in that enterprise",
    "invalid_auth": "Slack does not know the app's token",
    "is_archived": "the channel is archived",
    "is_inactive": "the channel is frozen",
    "message_not_found": "the message was deleted",
    "messages_tab_disabled": "the app takes no direct messages: switch its Messages tab on",
    "method_not_supported_for_channel_type": "messages can't be written there",
    "msg_too_long": "the message is longer than Slack takes",
    "no_permission": "the app may not write there",
    "not_allowed_token_type": "the token is none of a bot",
    "not_authed": "the app has no token",
    "not_in_channel": _INVITE,
    "org_login_required": "the workspace is being moved into an enterprise",
    "restricted_action": "the workspace's administrators don't let the app write there",
    "restricted_action_non_threadable_channel": "the channel has no threads",
    "restricted_action_read_only_channel": "the channel can be read alone",
    "restricted_action_thread_locked": "the thread is locked",
    "restricted_action_thread_only_channel": "the channel takes answers in threads alone",
    "team_access_not_granted": "the enterprise's administrators have not let the app into that workspace",
    "thread_locked": "the thread is locked",
    "thread_not_found": "the thread is gone",
    "token_expired": "the app's token has expired: install it again",
    "token_revoked": _GONE,
    "user_disabled": "they have left the workspace",
    "user_not_found": "there is no such person",
    "user_not_visible": "the app may not see them",
    "users_not_found": "there is no such person",
}
_TOO_OFTEN: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})


@contextmanager
def understood() -> Iterator[None]:
    """Raise Later where Slack asks to wait, Unreachable where trying again won't help, and what Slack says where it may."""
    try:
        yield
    except SlackApiError as exc:
        if (seconds := wait(exc)) is not None:
            raise Later(seconds) from exc
        if said(exc) == "missing_scope":
            raise Unreachable(f"the app lacks the scope {_told(exc).get('needed') or 'that this takes'}: install it again") from exc
        if said(exc) in _WORDS:
            raise Unreachable(_WORDS[said(exc)]) from exc
        raise LaurelsError(f"Slack answers {said(exc) or getattr(exc.response, 'status_code', 'nothing that it should')}") from exc


def said(exc: SlackApiError) -> str:
    """The error by Slack's name for it; empty where the answer was none of its API's."""
    return str(_told(exc).get("error") or "")


def wait(exc: SlackApiError) -> float | None:
    """The seconds after which Slack wants to be asked again, or None where it is not about that."""
    if getattr(exc.response, "status_code", 200) != 429 and said(exc) not in _TOO_OFTEN:
        return None
    try:
        return max(0.0, float(getattr(exc.response, "headers", {}).get("Retry-After", TOO_MANY)))
    except ValueError:
        return TOO_MANY


def _told(exc: SlackApiError) -> dict[str, Any]:
    data: Any = getattr(exc.response, "data", exc.response)
    return data if isinstance(data, dict) else {}
