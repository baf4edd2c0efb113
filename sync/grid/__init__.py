"""The grid on the screen: scripts and style that show a tab as Sheets does, a component of every page that has a grid.

It takes a tab as Google's API gives it. Where that comes from, and what may be done with it, is the page's business:
`local_sheets/grid_page` edits it, `webapp/desk` maps it.
"""

from pathlib import Path

FILES = Path(__file__).parent
