"""Chinese and English: both whole, each free of the other."""

import io
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from states.loader import load_folder
from states.reasons import Label, Reason
from web import words
from web.language import day, label, moment, say
from workflow import clock
from workflow.choices import TYPES, URGENCIES
from workflow.effects import EFFECTS

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "web" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%\((\w+)\)s")
CHINESE = re.compile(r"[\u3400-\u9fff]")
# What Chinese readers see in Latin letters: formats, keys, the other language, examples, archival codes.
LATIN = {
    "docx",
    "xlsx",
    "pdf",
    "png",
    "jpeg",
    "mb",
    "word",
    "enter",
    "esc",
    "j",
    "k",
    "n",
    "s",
    "x",
    "y",
    "english",
    "libreoffice",
    "z",
    "ws",
    "d",
    "bgs",
}

SignIn = Callable[..., FlaskClient]
TokenOf = Callable[..., str]
DocumentAt = Callable[..., str]


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return what the command named in babel.cfg finds in the project."""
    target = tmp_path_factory.mktemp("extracted") / "messages.pot"
    command = re.search(r"^# pybabel (extract .*)$", (ROOT / "babel.cfg").read_text(), re.M)
    assert command
    words = shlex.split(command[1].replace("messages.pot", str(target)))
    babel = [sys.executable, "-m", "babel.messages.frontend", "-q", *words]
    subprocess.run(babel, cwd=ROOT, check=True)
    return read_po(io.BytesIO(target.read_bytes()))


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="zh")


def ids(catalogue: Catalog) -> set[str]:
    return {names(message)[0] for message in catalogue if message.id}


def names(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple | list) else (message.id,)


def test_every_message_has_its_chinese_and_no_chinese_is_left_over(
    extracted: Catalog, catalogue: Catalog
) -> None:
    assert ids(extracted) - ids(catalogue) == set(), "messages without Chinese"
    assert ids(catalogue) - ids(extracted) == set(), "Chinese of messages that are gone"


def test_the_chinese_is_chinese_and_fills_the_same_places(catalogue: Catalog) -> None:
    for message in catalogue:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        assert not message.fuzzy, message.id
        for string in strings:
            assert CHINESE.search(string), message.id
            assert set(PLACE.findall(string)) == set(PLACE.findall(names(message)[-1])), message.id


def test_message_ids_are_english(extracted: Catalog) -> None:
    terms = re.compile(r"《》|特急|加急|印发|号|不, 未, 无 or 除外|一、 （一） 1. （1）")
    for message in extracted:
        for name in names(message) if message.id else ():
            assert not CHINESE.search(terms.sub("", name)), name


def test_labels_of_procedures_are_there_in_both_languages() -> None:
    for procedure in load_folder(ROOT / "states" / "procedures", effects=EFFECTS).values():
        labels = [procedure.label, *(stage.label for stage in procedure.stages.values())]
        labels += [step.label for step in procedure.steps]
        labels += [field.label for step in procedure.steps for field in step.inputs.values()]
        for both in labels:
            assert CHINESE.search(both["zh"]), both
            assert both["en"].isascii(), both


def test_every_type_and_urgency_has_an_english_name() -> None:
    assert set(words.TYPES) == set(TYPES)
    assert set(words.URGENCIES) == set(URGENCIES)


@pytest.fixture
def in_language(office_app: Flask) -> Iterator[Callable[..., str]]:
    def in_language(code: str, call: Callable[..., str], *args: object) -> str:
        with office_app.test_request_context("/api/v1/tasks", headers={"Accept-Language": code}):
            return call(*args)

    return in_language


@pytest.mark.parametrize(
    ("code", "told"), [("zh", "“登记”环节不能修改文稿"), ("en", "at the stage Registration")]
)
def test_a_label_in_a_reason_is_in_the_readers_language(
    in_language: Callable[..., str], code: str, told: str
) -> None:
    stage = Label(zh="登记", en="Registration")
    reason = Reason("The text cannot be changed at the stage %(stage)s", {"stage": stage})
    assert told in in_language(code, say, reason)
    assert in_language(code, label, stage) == stage[code]


def test_dates_are_written_as_each_language_writes_them(in_language: Callable[..., str]) -> None:
    today = clock.today()
    assert in_language("zh", day, today) == f"{today.year}年{today.month}月{today.day}日"
    assert in_language("en", day, today) == today.isoformat()
    assert in_language("zh", day, None) == ""
    old = "2024-04-07T01:05:00.000000Z"
    assert in_language("zh", moment, old) == "2024年4月7日 09:05"
    assert in_language("en", moment, old) == "2024-04-07 09:05"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("en", "en"), ("en-GB,zh;q=0.5", "en"), ("en;q=0,fr", "zh"), ("fr", "zh"), ("", "zh"), ("*", "zh")],
)
def test_programs_choose_by_accept_language(office_app: Flask, asked: str, answered: str) -> None:
    answer = office_app.test_client().get("/api/v1/tasks", headers={"Accept-Language": asked})
    assert answer.json["reasons"] == [{"zh": "请先登录。", "en": "Please sign in first."}[answered]]


def test_people_get_chinese_whatever_their_browser_says_until_they_choose(
    client: FlaskClient, sign_in: SignIn, token_of: TokenOf
) -> None:
    page = client.get("/sign-in", headers={"Accept-Language": "en"}).text
    assert '<html lang="zh-CN">' in page
    assert "用户名" in page
    form = {"csrf_token": token_of(client), "next": "/sign-in?next=/register"}
    assert client.post("/language/en", data=form).location == "/sign-in?next=/register"
    sign_in("clerk", client)
    assert "To do" in client.get("/").text
    client.post("/sign-out", data={"csrf_token": token_of(client, "/")})
    assert "User name" in client.get("/sign-in").text


def test_a_language_that_there_is_not_is_not_there(client: FlaskClient, token_of: TokenOf) -> None:
    assert client.post("/language/fr", data={"csrf_token": token_of(client)}).status_code == 404


PAGES = [
    ("drafter", "/"), ("drafter", "/to-read"), ("drafter", "/drafts"), ("drafter", "/begun"),
    ("signatory", "/handled"), ("registrar", "/register"), ("archivist", "/archive?q=文明"),
    ("admin", "/"), ("admin", "/archive"), ("clerk", "/nowhere"), ("drafter", "/documents/new"),
    ("signatory", "signing"), ("registrar", "registration"), ("archivist", "archived"),
]  # fmt: skip


def read(client: FlaskClient, path: str, document_at: DocumentAt) -> html.HtmlElement:
    tree = html.fromstring(
        client.get(path if path.startswith("/") else f"/documents/{document_at(path)}").text
    )
    for part in tree.xpath("//script|//style|//*[@lang]//*[@lang]"):
        part.drop_tree()
    return tree


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_in_chinese_has_no_english(
    sign_in: SignIn, document_at: DocumentAt, who: str, path: str
) -> None:
    tree = read(sign_in(who), path, document_at)
    shown = " ".join([*tree.itertext(), *tree.xpath("//@aria-label|//@placeholder|//@title|//@alt")])
    assert {word.lower() for word in re.findall(r"[A-Za-z]+", shown)} <= LATIN


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_in_english_has_no_chinese_but_the_offices_own_words(
    sign_in: SignIn, document_at: DocumentAt, token_of: TokenOf, who: str, path: str
) -> None:
    client = sign_in(who)
    in_chinese = read(client, path, document_at)
    client.post("/language/en", data={"csrf_token": token_of(client, "/")})
    in_english = read(client, path, document_at)
    # A piece of Chinese is data when it stands in the Chinese page too and is no translation.
    told = {string for message in read_po(io.BytesIO(CATALOGUE.read_bytes())) for string in _strings(message)}
    for text in in_english.itertext():
        if CHINESE.search(text):
            assert text.strip() not in told, text
    for attribute in in_english.xpath("//@aria-label|//@placeholder"):
        assert not CHINESE.search(attribute) or attribute in in_chinese.xpath("//@aria-label|//@placeholder")


def _strings(message: Message) -> tuple[str, ...]:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(string for string in strings if len(string) > 3)
