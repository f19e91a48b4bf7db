"""What nobody changes once it is made, so that it can be shared, hashed and remembered."""

from __future__ import annotations

from typing import NoReturn


class Unchanging:
    """Refuses to have an attribute set or deleted; ``__init__`` fills ``vars(self)``, as cached properties do."""

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Raise AttributeError."""
        raise AttributeError(f"a {type(self).__name__} is not changed: {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        """Raise AttributeError."""
        raise AttributeError(f"a {type(self).__name__} is not changed: {name!r} cannot be deleted")
