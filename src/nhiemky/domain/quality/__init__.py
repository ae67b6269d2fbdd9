"""What can be wrong with the register: rules as data, and who may be in it twice."""
