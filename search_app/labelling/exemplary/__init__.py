"""Exemplary practice: how concrete and replicable a passage is, with the reasons that a clerk can check."""
