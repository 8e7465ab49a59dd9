"""Today: what to do next, per role; each panel a few queries, however much there is."""
