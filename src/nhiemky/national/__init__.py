"""The register at the size of the nation: a generator, the reform as one decision, and what both cost."""
