"""Indicators, targets, figures with the rows behind them, and the review of a unit and year.

Entry points: `indicators.INDICATORS` (declared once), `selectors.figures`, `selectors.rows`, `review`.
"""
