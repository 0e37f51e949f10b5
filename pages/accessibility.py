"""Accessibilité (`/accessibilite`): the declaration of accessibility, in the form of the RGAA 4.1."""

from pages.shared import accessibility_view, data, language

lang = language.current()

data.part(accessibility_view.show_declaration, lang)
accessibility_view.show_contact(lang)
data.part(accessibility_view.show_recourse, lang)
