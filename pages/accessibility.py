"""Accessibilité (`/accessibilite`): the declaration of accessibility, in the form of the RGAA 4.1."""

from pages.shared import accessibility_view, data, language

data.part(accessibility_view.show_declaration, language.current())
