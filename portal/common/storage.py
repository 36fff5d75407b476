"""Static files under names that carry their content's hash."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed; imports between JavaScript modules follow the hashed names."""

    support_js_module_import_aggregation = True
    manifest_strict = True
