"""Workspaces' tokens at rest: encrypted, so that who has the database has no tokens."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from laurels import LaurelsError


class Unreadable(LaurelsError):
    """None of the keys opens it."""


class Vault:
    """Seals with the first of *keys*, opens with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._first = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def seal(self, content: bytes) -> str:
        """What to keep."""
        return self._first.encrypt(content).decode()

    def open(self, sealed: str) -> bytes:
        """What was kept. Raises Unreadable."""
        try:
            return self._all.decrypt(sealed.encode())
        except InvalidToken as error:
            raise Unreadable("no encryption key opens it") from error

    def renewed(self, sealed: str) -> str | None:
        """The same under the first key, where it was sealed with another; None where there is nothing to do. Raises Unreadable."""
        try:
            self._first.decrypt(sealed.encode())
        except InvalidToken:
            return self.seal(self.open(sealed))
        return None
