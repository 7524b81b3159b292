"""Posting announcements as comments, through GitHub's API."""

from laurels import Announcement, Receipt, Unreachable

from .access import Access
from .posts import NAME, Posts
from .render import comment, marker


class Commenter:
    """Writes and edits comments on issues and pull requests; *wanted* says whether anybody asked for them."""

    def __init__(self, access: Access, *, wanted: bool) -> None:
        self._access, self._wanted = access, wanted

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Edit the *earlier* comment, or one that a lost try left behind; else write one.

        A double remains possible where GitHub took a comment, the answer was lost, and its list does not show it yet at the next try.
        """
        place = announcement.place
        if not self._wanted:
            raise Unreachable("comments are off: set comment = true and a token under [adapters.github_webhooks]")
        if not NAME.fullmatch(place.channel) or not place.thread.isdecimal():
            raise Unreachable(f"{place} is no issue or pull request")
        async with self._access.api(place.channel.partition("/")[0]) as github:
            posts, body = Posts(github, place.channel), comment(announcement)
            posted = earlier.id if earlier else await posts.find(place.thread, marker(announcement.key))
            if posted:
                answer = await posts.edit(posted, body)
            elif announcement.withdrawn:
                raise Unreachable("nothing was posted that could be withdrawn")
            else:
                answer = await posts.write(place.thread, body)
            return Receipt(str(answer["id"]), place, str(answer.get("html_url") or ""))
