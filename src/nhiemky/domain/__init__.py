"""The field's rules as pure Python: facts and a day go in, findings and figures come out.

Nothing here knows Django, SQL, the clock or a language. NumPy is allowed: trees, ledgers and
figures are arrays, because a province must be counted while somebody waits.
"""
