"""QR codes as SVG, in the page itself: nothing is fetched."""

from __future__ import annotations

import base64
from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


@lru_cache(maxsize=256)
def qr_data_uri(text: str) -> str:
    """Return an image of the text as a `data:` address, dark on transparent ground."""
    svg = base64.b64encode(qr_svg(text).encode()).decode()
    return f"data:image/svg+xml;base64,{svg}"


def qr_svg(text: str) -> str:
    """Return the code as one path on a grid of modules: small, sharp at every size."""
    code = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(_row_path(y, row) for y, row in enumerate(rows))
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 {size} {size}">'
        f'<path fill="#17201d" shape-rendering="crispEdges" d="{path}"/></svg>'
    )


def _row_path(y: int, row: list[bool]) -> str:
    """Return the dark runs of a row as rectangles: runs leave no hairlines between modules."""
    path, start = "", None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            path += f"M{start} {y}h{x - start}v1H{start}z"
            start = None
    return path
