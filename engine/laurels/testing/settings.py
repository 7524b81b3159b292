"""The configuration of a laurels under test: as written, with its own database and every place open."""

from pathlib import Path

from msgspec import structs

from ..config import CommunityConfig, Config, Http, Listen, Store, load
from ..config.model import EVERY


def settings(folder: Path, text: str, port: int = 0) -> Config:
    """*text* as the ``laurels.toml`` in *folder*. The first community takes in whatever no other names, and is live unless it says else."""
    path = folder / "laurels.toml"
    path.write_text(text, encoding="utf-8")
    config = load(path)
    communities = dict(config.communities)
    first = next(iter(communities.values()))
    communities[first.name] = _open(first)
    return structs.replace(
        config,
        store=Store(f"sqlite:///{folder / 'laurels.db'}"),
        http=Http(Listen("127.0.0.1", port), config.http.public_url),
        communities=communities,
    )


def _open(community: CommunityConfig) -> CommunityConfig:
    return structs.replace(community, realms={**community.realms, EVERY: (EVERY,)}, mode=community.mode or "live")
