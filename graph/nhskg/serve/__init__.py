"""A read-only SPARQL endpoint over a build, on this machine only, with a page to ask from."""
