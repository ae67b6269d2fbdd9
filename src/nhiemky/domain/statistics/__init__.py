"""The basic statistics forms 1 to 4-TCTW: what they break down by, how they are counted, what must agree."""
