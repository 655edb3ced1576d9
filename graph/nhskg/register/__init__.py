"""The register of NHS bodies: who they are, what they are called, when they existed."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nhskg.register.bodies import Body, Register, load_register

__all__ = ["Body", "Register", "load_register"]


def __getattr__(name: str) -> Any:
    """Imports what is asked for only then: a look-up needs the register's dates, not its bodies."""
    if name in __all__:
        return getattr(import_module("nhskg.register.bodies"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
