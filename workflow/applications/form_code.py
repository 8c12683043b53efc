"""Say whether the sealed form (盖章申报表) was printed from the text as it is now."""

from typing import Literal

from docgen.application import ApplicationContent
from docgen.errors import ContentError, Problem
from docgen.form_code import code_in, code_of, read_code

SEALED = "盖章申报表"

Standing = Literal["none", "same", "changed", "unchecked"]


def name_of(name: str, typed: str, where: str) -> str:
    """Return what a scan is called: its check code stands in its name, so that it stays with it.

    Raises ContentError when what was typed is no check code.
    """
    if not typed.strip():
        return f"{SEALED}{name[name.rfind('.') :] if '.' in name else ''}"
    code = read_code(typed)
    if code is None:
        raise ContentError(
            [Problem(where, "A check code has 12 figures and letters from A to F, such as 1A2B-3C4D-5E6F.")]
        )
    return f"{SEALED} {code}{name[name.rfind('.') :] if '.' in name else ''}"


def standing(content: ApplicationContent) -> Standing:
    """Say how the sealed form stands to the text.

    none: there is no form; unchecked: its code was not entered; changed: the text is another by now.
    """
    if content.signed_form is None:
        return "none"
    code = code_in(content.signed_form.name)
    if code is None:
        return "unchecked"
    return "same" if code == code_of(content) else "changed"


def current(content: ApplicationContent) -> str:
    """Return the check code of the text as it is now."""
    return code_of(content)
