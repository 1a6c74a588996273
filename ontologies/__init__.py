"""Facts of the world, as data: the ontology, its shapes and mappings, and the actors."""
