"""The member's rights: what is held and who looked, requests for correction, objection and export, retention."""
