"""The web kit: pages, lists, forms, figures, base templates and language. It knows nothing of the field.

Entry points: `pages.page`, `pages.show`, `pages.done`, `lists.Column`, the tags of `templatetags/ui.py`.
"""
