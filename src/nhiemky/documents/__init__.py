"""Documents: who issued what under which number and day, what holds on a day, files, citations, numbers given out."""
