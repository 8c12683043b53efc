"""Show the register of outgoing documents (发文登记簿), and let the registrar write in it."""

from . import acts, index, number, printed, report, start
from .routes import blueprint

__all__ = ["acts", "blueprint", "index", "number", "printed", "report", "start"]
