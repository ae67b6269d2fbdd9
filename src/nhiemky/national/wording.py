"""What is said about the register of the nation."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "national.commune_without_heir": _(
        "%(name)s (%(value)s, %(district)s, %(province)s) is in the list of 2024, but no row of the reform says "
        "where it went. Decide which new commune takes it; until then it stands directly under its province."
    ),
    "national.unknown_old_commune": _(
        "The reform leads from an old commune with the code %(value)s to %(new)s (%(province)s), but no list of 2024 "
        "has that code. Find out which commune is meant; until then nothing comes from there."
    ),
    "national.new_commune_without_source": _(
        "%(name)s (%(value)s, %(province)s) is new, but no row of the reform leads to it. Decide what it is made from "
        "(districts without communes there: %(districts)s); until then it is not founded and they go on."
    ),
    "national.not_empty": _(
        "This database holds %(units)s organisations already; the nation is generated into an empty one."
    ),
}
ACTIONS = {
    "demo.nation_units_written": _("wrote the generated organisations of the nation"),
    "demo.nation_generated": _("generated the register of the nation"),
}
