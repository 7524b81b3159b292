"""What ``[adapters.acme_feed]`` may say."""

from msgspec import Struct


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the Acme feed.

    *token* is the secret that senders show; there is no default, so that nobody runs it open by accident. *outbox* is the file that
    announcements go to, and *limit* the largest body in bytes that is read.
    """

    token: str
    outbox: str = "announcements.jsonl"
    limit: int = 1_000_000
