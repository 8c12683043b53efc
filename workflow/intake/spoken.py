"""Turn the lines of the office's workbook into what they speak of: agencies and their names, people, …"""

from collections.abc import Iterable, Iterator, Mapping

from . import columns
from .entries import HELD, OF_THE_AGENCY, OF_THE_NAME, START, Entry, Held, Key, Office
from .sheets import Line

Lines = Mapping[str, list[Line]]


def entries(lines: Lines, present: Office) -> Iterator[Entry]:
    """Yield an entry for each line that says what it speaks of; an agency's present name gives two.

    What is left empty is filled with what that means, so that an entry compares with the office's own.
    """
    yield from _agencies(lines.get(columns.AGENCIES.name, []), present)
    for line in _named(lines.get(columns.SERIES.name, []), "机关代字"):
        fields = {name: line.values[name] for name in ("机关代码", "名称", *START)}
        fields |= {"适用文种": line.values["适用文种"] or (), "停用": line.values["停用"] or False}
        yield Entry("series", (_text(line, "机关代字"),), fields, line)
    for line in _named(lines.get(columns.RIGHTS.name, []), "机关代码", "职务代码"):
        if "文种" not in line.unread:
            key = (_text(line, "机关代码"), _text(line, "文种"), _text(line, "职务代码"))
            yield Entry("right", key, {}, line)
    for line in _named(lines.get(columns.UNITS.name, []), "名称"):
        fields = {
            "内设": line.values["内设"] is not False,
            "所属机关": line.values["所属机关"],
            "分管领导": line.values["分管领导"] or (),
        }
        yield Entry("unit", (_text(line, "名称"),), fields, line)
    for line in _named(lines.get(columns.PEOPLE.name, []), "用户名"):
        held = {"姓名": line.values["姓名"], HELD: tuple(_held(line))}
        yield Entry("person", (_text(line, "用户名"),), held, line)
    for line in _named(lines.get(columns.CORRESPONDENTS.name, []), "名称"):
        yield Entry("correspondent", (_text(line, "名称"),), {"份数": line.values["份数"]}, line)


def _named(lines: Iterable[Line], *headings: str) -> Iterator[Line]:
    return (line for line in lines if all(line.values[heading] is not None for heading in headings))


def _text(line: Line, heading: str) -> str:
    """Return what stands in a cell that is part of a key, '' when it is empty."""
    value = line.values[heading]
    return "" if value is None else str(value)


def _agencies(lines: list[Line], present: Office) -> Iterator[Entry]:
    """Yield each name, and with the latest one of an agency the agency itself."""
    lines = list(_named(lines, "代码", "启用日期"))
    latest: dict[str, str] = {}
    for code, since in [*present["name"], *map(_name_key, lines)]:
        latest[code] = max(since, latest.get(code, ""))
    for line in lines:
        code, since = key = _name_key(line)
        if latest[code] == since:
            agency = {heading: line.values[heading] for heading in OF_THE_AGENCY}
            yield Entry("agency", (code,), {**agency, "用印": agency["用印"] is not False}, line)
        fields = {heading: line.values[heading] for heading in OF_THE_NAME}
        fields["发文机关标志"] = fields["发文机关标志"] or f"{_text(line, '全称')}文件"
        fields["印发机关"] = fields["印发机关"] or fields["规范化简称"]
        yield Entry("name", key, fields, line)


def _name_key(line: Line) -> Key:
    return _text(line, "代码"), _text(line, "启用日期")


def _held(line: Line) -> Iterator[Held]:
    """Yield the posts of a person's row; what is incomplete is left out, and told by the check."""
    for nth in columns.ORDINALS:
        unit, code, title = (_text(line, nth + what) for what in ("部门", "职务代码", "职务"))
        if code and title:
            yield unit, code, title


def twice(found: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Yield each entry that the workbook has a second time, with the first one."""
    first: dict[tuple[str, Key], Entry] = {}
    for entry in found:
        before = first.setdefault((entry.noun, entry.key), entry)
        if before is not entry:
            yield entry, before
