"""Pages of clean data: the workbench of a unit, the page of one person, who may be there twice."""
