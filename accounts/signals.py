"""Events about people, for the apps above this one. Each is sent after its transaction has
committed.
"""

from __future__ import annotations

from django.dispatch import Signal

# Arguments: user, old_role, new_role.
role_changed = Signal()

# Arguments: user. The row is kept, without anything that tells who the person was.
account_closed = Signal()
