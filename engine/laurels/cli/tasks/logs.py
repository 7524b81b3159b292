"""Logs: drawn for a terminal, one line of key=value otherwise."""

import logging
import sys
from typing import Any

import structlog


def configure() -> None:
    """Log to standard error, laurels' own but for what helps only who debugs it, and, from warnings on, everybody else's."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    shared: list[Any] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    if sys.stderr.isatty():
        drawn = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        shared.append(drawn)
    else:
        order = ["timestamp", "level", "event"]
        shared += [structlog.processors.format_exc_info, structlog.processors.LogfmtRenderer(key_order=order, bool_as_flag=False)]
    told = structlog.make_filtering_bound_logger(logging.INFO)
    structlog.configure(processors=shared, wrapper_class=told, logger_factory=structlog.PrintLoggerFactory(sys.stderr))
