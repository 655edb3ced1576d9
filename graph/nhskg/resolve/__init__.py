"""Mentions to entities: one entity for one thing."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nhskg.resolve.resolver import Resolution, resolve
    from nhskg.resolve.state import Knowledge

__all__ = ["Knowledge", "Resolution", "resolve"]


def __getattr__(name: str) -> Any:
    """Imports what is asked for only then: a look-up needs the form of ids, not the resolver."""
    if name in __all__:
        module = "state" if name == "Knowledge" else "resolver"
        return getattr(import_module(f"nhskg.resolve.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
