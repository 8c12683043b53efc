"""Look at pages as people do: no fault for axe, nothing wider than the screen, every word translated."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import PHONE

OpenPage = Callable[..., Page]
Shoot = Callable[[Page, str], Path]

# A word of the other language: Latin letters that are no code or kind of file, and Chinese characters.
LATIN = re.compile(r"\b[A-Za-z]*[a-z][A-Za-z]+\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
IN_BOTH = {"English", "Word"}
# What a page says in its reader's language: neither what people wrote nor what they may type.
SAID = """() => {
  const written = "[lang]:not(html), textarea, option, datalist, code, .evidence li, .said, .written";
  const skipped = `${written}, script, style, noscript, kbd, dialog, [hidden], [aria-hidden=true]`;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!at.closest(skipped)) found.push(walk.currentNode.textContent);
  }
  for (const one of document.querySelectorAll("[aria-label]")) found.push(one.getAttribute("aria-label"));
  return found;
}"""


def faults_of(page: Page, *, thorough: bool) -> list[str]:
    """Return what is wrong with a page that anybody would see; what axe finds if it is looked at closely."""
    found = []
    wide, screen = page.evaluate("document.documentElement.scrollWidth"), page.viewport_size
    if screen is None or wide > screen["width"]:
        found.append(f"{wide} pixels wide")
    if thorough:
        violations = Axe().run(page).response["violations"]
        found += [f"{one['id']}: {one['nodes'][0]['html']}" for one in violations]
    return found


def english_words(page: Page) -> list[str]:
    """Return what a Chinese page says in English."""
    return sorted({word for text in page.evaluate(SAID) for word in LATIN.findall(text)} - IN_BOTH)


def chinese_words(page: Page, known: Iterable[str]) -> list[str]:
    """Return what an English page says in Chinese, apart from names that the office knows."""
    found = set()
    for text in page.evaluate(SAID):
        for name in sorted(known, key=len, reverse=True):
            text = text.replace(name, "")
        found.update(CHINESE.findall(text))
    return sorted(found)


def in_english(page: Page, open_page: OpenPage) -> Page:
    """Open the address of a page once more as its reader, in English on a phone."""
    state = page.context.storage_state()
    small = open_page(viewport=PHONE, has_touch=True, is_mobile=True, locale="en", storage_state=state)
    small.goto(page.url)
    if small.get_by_role("button", name="English").count():
        small.get_by_role("button", name="English").click()
        small.goto(page.url)
    return small
