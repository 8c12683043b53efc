"""Read names and titles as somebody wrote them for the office's own data."""

from docgen.errors import TextError
from docgen.text import clean_text
from states.reasons import Reason

LONGEST = 60  # characters of a person's, a unit's or a post's name


def read_name(text: str, wrong: list[Reason], limit: int = LONGEST) -> str:
    """Return a name on one line, cleaned; what is wrong with it is added to `wrong`."""
    try:
        name = clean_text(text, where="", limit=limit)
    except TextError as error:
        wrong += [Reason(problem.message, problem.params) for problem in error.problems]
        return ""
    if not name:
        wrong.append(Reason("A name is needed"))
    return name
