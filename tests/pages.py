"""A page: read as a browser would read it, and opened in one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Read(HTMLParser):
    """Reads a page: its tags, ids, links and text; raises where a tag is not closed in turn."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def closed(page: str) -> None:
    """Check that a page is well-formed, links to itself alone, and asks for nothing outside itself."""
    read = Read(page)
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert not {"script", "link", "img", "iframe"} & read.tags
    assert not {name for name in read.attributes if name.startswith("on") or name == "style"}
    assert "url(" not in page
    assert "@import" not in page


@contextmanager
def opened(page: str, browser: Any, folder: Path, **options: Any) -> Iterator[Any]:
    """Open a page in a tab, and check at the end that it said nothing to the console and asked for nothing else."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    tab = browser.new_page(**options)
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    yield tab
    assert said == []
    assert asked == [path.as_uri()]
    tab.close()
