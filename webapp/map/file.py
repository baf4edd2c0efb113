"""The style that a saved map carries with it: that of the page's picture, in the colours for paper.

Drawing programs know no CSS variables, so the colours are put in here.
"""

import re
from functools import cache
from importlib.resources import files

_PICTURE = re.compile(r"/\* The map's picture \*/(.*?)/\* End of the picture \*/", re.DOTALL)
_ROOT = re.compile(r":root \{(.*?)\}", re.DOTALL)
_VARIABLE = re.compile(r"(--[\w-]+): ([^;]+);")


@cache
def picture_style() -> str:
    """CSS for the picture alone."""
    sheet = (files("webapp") / "static" / "style.css").read_text(encoding="utf-8")
    (rules,), (light, *_) = _PICTURE.findall(sheet), _ROOT.findall(sheet)
    colours = dict(_VARIABLE.findall(light))
    return re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], rules)
