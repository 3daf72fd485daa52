"""A file on its way out: always as a download under its own name, never as a page. Called by pages that show papers
and slips.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from flask import Response, send_file

from motcua.domain.case import Case
from motcua.domain.receipt import on_paper
from motcua.domain.refusals import NotThere
from motcua.domain.slip import Slip
from motcua.store.uploads import Upload
from motcua.web.current import office


def attachment(upload: Upload) -> Response:
    """Raises NotThere where the bytes are gone. The type is the one that its content was found to be."""
    opened = office().files.open(upload.id)
    response = send_file(opened, upload.type, as_attachment=True, download_name=upload.name, conditional=False)
    return _alone(response, upload.size)


def slip_printed(slips: Iterable[Slip], wanted: str) -> Response:
    """One of a case's slips, as it was issued. Raises NotThere."""
    return _printed(next((slip for slip in slips if slip.id == wanted), None))


def receipt_printed(case: Case, number: str) -> Response:
    """A receipt of the case, as it was issued. Raises NotThere."""
    return _printed(on_paper(case, number))


def _printed(slip: Slip | None) -> Response:
    if slip is None:
        raise NotThere()
    printed = office().printer.pdf(slip)
    name = f"{slip.title} {slip.number.replace('/', '-')}.pdf"
    response = send_file(BytesIO(printed), "application/pdf", as_attachment=True, download_name=name, conditional=False)
    return _alone(response, len(printed))


def _alone(response: Response, size: int) -> Response:
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Content-Length"] = str(size)
    return response
