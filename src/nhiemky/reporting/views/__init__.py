"""Views of figures, reviews, charts and targets, one module per subject."""
