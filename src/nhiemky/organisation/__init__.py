"""Units, their versions and placements over time, their bodies, and reorganisations.

Entry points: `selectors.structure()` (the dated structure of all units), `services` (every write),
`reorganising` (reading a decision, preview, apply, undo), `views`. People are not known here: whatever belongs
to a unit and must move with it is asked through the followers listed in `config/wiring.py`.
"""
