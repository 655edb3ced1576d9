"""Documents to mentions and claims; the only place where spaCy's types are known."""
