"""The one inline script: it sets the stored theme before the first paint.

The Content-Security-Policy allows it by the hash of its exact text, so it holds no template
variables. It also marks the document as scripted (`html.js`), which lets CSS show controls that
would be useless without scripts.
"""

from __future__ import annotations

import base64
import hashlib

THEME_SCRIPT = (
    '(function(d){d.classList.add("js");try{var t=localStorage.getItem("theme");'
    'if(t==="light"||t==="dark"){d.dataset.theme=t}}catch(e){}})(document.documentElement)'
)


def theme_script_hash() -> str:
    """Return the CSP source expression that allows the theme script."""
    digest = hashlib.sha256(THEME_SCRIPT.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
