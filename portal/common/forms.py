"""How forms are rendered."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Renders `{{ field.as_field_group }}` by the portal's own field component."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
