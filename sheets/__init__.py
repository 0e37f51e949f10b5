"""The sheets: plain pages of a region or a project, that print, that a preview shows and that a machine reads."""
