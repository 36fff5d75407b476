"""Whether a page is really published.

Wagtail serves live pages below an unpublished one; the portal does not.
"""

from __future__ import annotations

from wagtail.models import Page


def has_dead_ancestor(page: Page) -> bool:
    """Whether something above a page is not published; one query."""
    paths = [page.path[:length] for length in range(2 * page.steplen, len(page.path), page.steplen)]
    return bool(paths) and Page.objects.filter(path__in=paths, live=False).exists()


def dead_paths() -> list[str]:
    """Return the paths of unpublished pages with pages below them, without those below another one;
    one query.
    """
    found: list[str] = []
    rows = (
        Page.objects.filter(live=False, depth__gt=1, numchild__gt=0)
        .order_by("path")
        .values_list("path", flat=True)
    )
    for path in rows:
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found
