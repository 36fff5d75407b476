"""The receivers of the packages below, connected when the app is ready."""

from __future__ import annotations

from learning.certificates import signal_handlers as certificates
from learning.progress import signal_handlers as progress

__all__ = ["certificates", "progress"]
