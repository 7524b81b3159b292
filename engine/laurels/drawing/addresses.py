"""Pictures in the web. Pure."""


def picture_url(image: str) -> str:
    """*image* where it is an address from which a chat can fetch and show it itself, or nothing. SVG is shown by none."""
    from urllib.parse import urlsplit  # noqa: PLC0415

    parts = urlsplit(image)
    return image if parts.scheme in ("http", "https") and parts.netloc and not parts.path.casefold().endswith(".svg") else ""
