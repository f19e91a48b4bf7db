"""Cases that several tests ask about, as they are told."""

from __future__ import annotations

from typing import Any

SLANDER: dict[str, Any] = {"report_untrue": True, "report_bad_effect": True}
FORMED: dict[str, Any] = {
    "as_of": "2024-03-31",
    "events": {
        "complete": True,
        "entries": [
            {"event": "opened", "date": "2024-03-01"},
            {"event": "preliminary_opinion", "date": "2024-03-20"},
        ],
    },
}
"""A preliminary opinion on tolerance was formed, and nothing else was done in the inquiry."""
TRANSFERRED: dict[str, Any] = {
    "as_of": "2026-03-01",
    "adjustments": {
        "complete": True,
        "entries": [
            {
                "kind": "transfer", "matter": "unfit", "decided_on": "2025-03-01", "announced_on": "2025-03-05",
                "removed_on": "2025-03-10", "on_exempted_error": False, "on_tolerated_error": False, "revoked": False,
                "with_discipline": False,
            }
        ],
    },
}  # fmt: skip
"""Transferred as unfit: the day of the case is the last of the bar, or the first after it, by reading."""
