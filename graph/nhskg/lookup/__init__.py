"""Questions to a finished build, answered from its look-up index, ``graph.sqlite``, without reading the whole graph."""
