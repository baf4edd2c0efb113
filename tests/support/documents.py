"""What the documents show."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


README = (ROOT / "README.md").read_text(encoding="utf-8")
VIETNAMESE_README = (ROOT / "README.vi.md").read_text(encoding="utf-8")


def shown_commands(document: str = README) -> list[str]:
    """Every line that a document tells its reader to type."""
    blocks = re.findall(r"```console\n(.*?)```", document, re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
