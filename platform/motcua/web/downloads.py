"""A stored file on its way out: always as a download under its own name, never as a page. Called by pages that show
papers.
"""

from __future__ import annotations

from flask import Response, send_file

from motcua.store.uploads import Upload
from motcua.web.current import office


def attachment(upload: Upload) -> Response:
    """Raises NotThere where the bytes are gone. The type is the one that its content was found to be."""
    opened = office().files.open(upload.id)
    response = send_file(opened, upload.type, as_attachment=True, download_name=upload.name, conditional=False)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Length"] = str(upload.size)
    return response
