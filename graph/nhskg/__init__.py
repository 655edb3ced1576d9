"""nhskg: documents about the English health service in, a graph of claims out.

>>> from nhskg import Graph
>>> Graph.__doc__.splitlines()[0]
'A finished build, to be asked. Names are names, aliases, ODS codes or ids.'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nhskg.lookup.graph import Graph

__version__ = "0.1.0"
__all__ = ["Graph", "__version__"]


def __getattr__(name: str) -> Any:
    """Imports ``Graph`` when it is asked for, so that the command line need not."""
    if name == "Graph":
        from nhskg.lookup.graph import Graph

        return Graph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
