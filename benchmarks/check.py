"""How long `rudong-rules check` takes on the shipped policies, proven anew and looked up, and `diff` of two of them."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

import rudong_rules
from rudong_rules.analysis.cache import Cache
from rudong_rules.analysis.check import check
from rudong_rules.changes import changes
from rudong_rules.comparison import compare
from rudong_rules.policy import shipped_policies

EDITS = {
    "one condition turned round": (
        "tolerance/rules/3.1_conditions.yaml",
        "        - not: arbitrary\n",
        "        - arbitrary\n",
    ),
    "a third becomes a half": ("mobility/rules/07_assessment_grounds.yaml", "1/3", "1/2"),
    "nothing but words": ("tolerance/rules/3.1_conditions.yaml", "    label: ", "    label: 另称"),
}  # fmt: skip
"""Edits of the shipped policies, by what they do: a file, what is replaced, and by what."""


def main() -> None:
    """Print how long each takes, with the loading of the policies."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "cached"):
            start = time.perf_counter()
            checked = check(rudong_rules.load(), Cache(Path(folder) / "proofs"), jobs=os.cpu_count() or 1)
            seconds = time.perf_counter() - start
            print(f"check, {name}: {len(checked.proofs)} claims, {checked.again} looked up, {seconds:.2f} s")
        for name, (file, old, new) in EDITS.items():
            head = Path(folder) / "head"
            shutil.copytree(shipped_policies(), head)
            text = (head / file).read_text(encoding="utf-8")
            (head / file).write_text(text.replace(old, new), encoding="utf-8")
            start = time.perf_counter()
            base, edited = rudong_rules.load(), rudong_rules.load(head)
            written, compared = changes(base, edited), compare(base, edited)
            seconds = time.perf_counter() - start
            shown = sum(one.status == "changed" for one in compared)
            print(f"diff, {name}: {len(written)} edits, {shown} decisions decided otherwise, {seconds:.2f} s")
            shutil.rmtree(head)


if __name__ == "__main__":
    main()
