"""The catalogue: which courses match, how they divide, in which order."""

from __future__ import annotations

from courses.catalog.query import CatalogQuery
from courses.catalog.results import CatalogResults, catalog_results

__all__ = ["CatalogQuery", "CatalogResults", "catalog_results"]
