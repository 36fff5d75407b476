"""What has happened to a learner, told to the apps above. Sent after the transaction has committed.

`enrollment_created`       kwargs: enrollment
`unit_completed`           kwargs: completion
`course_completed`         kwargs: enrollment
`attempt_graded`           kwargs: attempt
`course_grade_changed`     kwargs: enrollment
`certificate_issued`       kwargs: certificate
`certificate_ready`        kwargs: certificate; its PDF can be downloaded now
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import Signal

enrollment_created = Signal()
unit_completed = Signal()
course_completed = Signal()
attempt_graded = Signal()
course_grade_changed = Signal()
certificate_issued = Signal()
certificate_ready = Signal()


def send_on_commit(signal: Signal, sender: Any, **kwargs: Any) -> None:
    """Send `signal` once the current transaction has committed; a failing receiver is logged and
    harms nobody else.
    """
    transaction.on_commit(lambda: signal.send_robust(sender=sender, **kwargs), robust=True)
