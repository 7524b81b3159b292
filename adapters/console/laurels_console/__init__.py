"""Chat in the terminal: lines such as ``ana: thanks @bob`` in, announcements and answers out. The adapter to copy."""

from .adapter import ConsoleAdapter as ConsoleAdapter
