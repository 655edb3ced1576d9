"""nhskg: documents about the English health service in, a graph of claims out."""

__version__ = "0.1.0"
