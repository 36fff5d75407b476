"""Where static files come from."""

from __future__ import annotations

from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

# htmx is kept under static/vendor. The copies that this package brings name each other in comments
# as if they imported files that do not exist, which stops the collecting of hashed names.
LEFT_OUT = {"django_htmx"}


class PortalAppDirectoriesFinder(AppDirectoriesFinder):
    """Static files of the installed apps, without those that the portal does not serve."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.apps = [name for name in self.apps if name not in LEFT_OUT]
        for name in LEFT_OUT:
            self.storages.pop(name, None)
