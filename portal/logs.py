"""Structured logs: one line per event, readable on a console, JSON in production."""

from __future__ import annotations

from typing import Any

import structlog

APPS = ("portal", "accounts", "courses", "learning", "community", "search", "home")

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """Return Django's `LOGGING` and set up structlog to go through it.

    Requests are logged in production only; on a console they would bury what matters.
    """
    _configure_structlog()
    renderer = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {name: _logger(level) for name in APPS}
        | {
            "django_structlog": _logger(level if as_json else "ERROR"),
            # One line for each letter that no font has would bury everything else.
            "weasyprint": _logger("ERROR"),
            "fontTools": _logger("ERROR"),
        },
    }


def _logger(level: str) -> dict[str, Any]:
    return {"handlers": ["console"], "level": level, "propagate": False}


def _configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *_SHARED[1:],
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
