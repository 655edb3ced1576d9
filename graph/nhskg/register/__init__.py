"""The register of NHS bodies: who they are, what they are called, when they existed."""

from nhskg.register.bodies import Body, Register, load_register

__all__ = ["Body", "Register", "load_register"]
