"""``/metrics`` in Prometheus' text format."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from .app import App


async def page(app: App) -> tuple[int, str]:
    """How much there is of everything, and which badges fail."""
    registry = CollectorRegistry()
    counted = await app.store.counted()
    for name, value in counted._asdict().items():
        Gauge(f"laurels_{name}_rows", f"Rows in {name}.", registry=registry).set(value)
    failing = Gauge("laurels_badge_failures", "Failures in a row of a badge's code.", ["badge"], registry=registry)
    for cause, count in app.engine.suspensions.failing.items():
        failing.labels(badge=cause).set(count)
    return 200, generate_latest(registry).decode()
