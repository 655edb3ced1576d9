"""Mentions to entities: one entity for one thing."""

from nhskg.resolve.resolver import Resolution, resolve
from nhskg.resolve.state import Knowledge

__all__ = ["Knowledge", "Resolution", "resolve"]
