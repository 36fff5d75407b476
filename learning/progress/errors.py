"""Why a unit does not count as done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.common.errors import DomainError


class CompletionRuleNotMet(DomainError):
    """The unit's completion rule does not allow it yet; `rule` names it."""

    code = "completion_rule_not_met"
    message = _("This unit does not count as done yet.")
