"""Files as citizens and attackers send them, each with the verdict it deserves; made here, since no scanner likes
such files in a repository.
"""

from __future__ import annotations

import io
import random
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfReader, PdfWriter

#: bytes that would be refused as too large
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """`says` is the verdict's problem; None: a good file."""

    name: str
    make: Callable[[], bytes]
    says: str | None
    kept_name: str | None = None


def pdf(*objects: bytes, root: bytes = b"", pages: int = 1, head: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF of empty pages: 1 is the catalog, 2 the page tree, then the pages, then `objects`."""
    kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(pages))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % root,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
        *objects,
    ]
    out, places = bytearray(head), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def packed_pdf(inner: bytes) -> bytes:
    """A PDF whose object 5 lies inside the compressed object 4, and whose table is compressed too."""
    packed = zlib.compress(b"5 0 " + inner)
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R /Extra 5 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        _stream(b"/Type /ObjStm /N 1 /First 4", packed),
    ]
    out, rows = bytearray(b"%PDF-1.7\n"), [struct.pack(">BIH", 0, 0, 0)]
    for number, body in enumerate(bodies, 1):
        rows.append(struct.pack(">BIH", 1, len(out), 0))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows += [struct.pack(">BIH", 2, 4, 0), struct.pack(">BIH", 1, start, 0)]
    table = _stream(b"/Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R", zlib.compress(b"".join(rows)))
    return bytes(out) + b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, start)


def _stream(keys: bytes, packed: bytes) -> bytes:
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (keys, len(packed), packed)


def looping_pdf() -> bytes:
    return pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 1")


def locked_pdf(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def filled_in_pdf() -> bytes:
    """Saved once, then added to at the end, as signing does."""
    whole = pdf(b"<< /Note (Dang) >>")
    start = whole.rindex(b"startxref\n") + 10
    previous = int(whole[start : whole.index(b"\n", start)])
    place = len(whole)
    added = b"4 0 obj\n<< /Note (Dang Thi Hue) >>\nendobj\n"
    table = b"xref\n4 1\n%010d 00000 n \n" % place
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % previous
    return whole + added + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (place + len(added))


def picture(format: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, None if mode == "1" else 120 if len(mode) == 1 else (120,) * len(mode)).save(
        out, format, **how
    )
    return out.getvalue()


def photograph() -> bytes:
    """Grain, so that the compressed part is long."""
    grain = random.Random(1).randbytes(200 * 150 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (200, 150), grain).save(out, "JPEG", quality=90)
    return out.getvalue()


def phone_photograph() -> bytes:
    """With a moving part hung behind it, as telephones do."""
    return photograph() + b"\x00\x00\x00\x18ftypmp42" + random.Random(2).randbytes(5000)


def resized(png: bytes, width: int, height: int) -> bytes:
    """A PNG whose header lies about its size."""
    header = struct.pack(">II", width, height) + png[24:29]
    return png[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + png[33:]


def archive(name: str = "a.txt", content: bytes = b"hello", extra: Mapping[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, data in {name: content, **(extra or {})}.items():
            packed.writestr(each, data)
    return out.getvalue()


def word(*, macros: bool) -> bytes:
    extra = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"} if macros else {}
    return archive("[Content_Types].xml", b"<Types/>", {"word/document.xml": b"<w:document/>", **extra})


#: the text that every scanner knows, in two halves so that none finds it here
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM = b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00" + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"
JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def good() -> Iterator[Sent]:
    yield Sent("Giấy chứng sinh.pdf", pdf, None, "Giấy chứng sinh.pdf")
    yield Sent(unicodedata.normalize("NFD", "Đơn xin xác nhận.pdf"), pdf, None, "Đơn xin xác nhận.pdf")
    yield Sent("Đ.pdf", pdf, None, "Đ.pdf")
    yield Sent("hai nghìn trang.pdf", lambda: pdf(pages=2000), None)
    yield Sent("phiên bản 2.0.pdf", lambda: pdf(head=b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"), None)
    yield Sent("đã ký.pdf", filled_in_pdf, None)
    yield Sent("nén.pdf", lambda: packed_pdf(b"<< /Note (Dang) >>"), None)
    yield Sent("mẫu điền.pdf", lambda: pdf(root=b"/AcroForm << /Fields [] >>"), None)
    yield Sent("cuối có dòng trống.pdf", lambda: pdf() + b"\r\n\r\n", None)
    yield Sent("hs.v1.2.pdf", pdf, None, "hs.v1.2.pdf")
    yield Sent("anh.facebook.com.jpg", photograph, None, "anh.facebook.com.jpg")
    yield Sent("ANH.JPEG", photograph, None, "ANH.JPEG")
    yield Sent("anh.jpe", lambda: picture("JPEG"), None)
    yield Sent("từ điện thoại.jpg", phone_photograph, None)
    yield Sent("dần hiện.jpg", lambda: picture("JPEG", progressive=True), None)
    yield Sent("đen trắng.jpg", lambda: picture("JPEG", "L"), None)
    yield Sent("để in.jpg", lambda: picture("JPEG", "CMYK"), None)
    yield Sent("49 triệu điểm.jpg", lambda: picture("JPEG", "L", (7000, 7000)), None)
    yield Sent("trong suốt.png", lambda: picture("PNG", "RGBA"), None)
    yield Sent("bảng màu.png", lambda: picture("PNG", "P"), None)
    yield Sent("quét.png", lambda: picture("PNG", "1", (2480, 3508)), None)


def names() -> Iterator[Sent]:
    """Good files under names that are not."""
    yield Sent("../../../etc/cron.d/đơn.pdf", pdf, None, "đơn.pdf")
    yield Sent("C:\\Users\\Huệ\\Đơn xin.pdf", pdf, None, "Đơn xin.pdf")
    yield Sent("a\x00.exe\x00.pdf", pdf, "hidden_program")
    yield Sent("đơn\x00.pdf", pdf, None, "đơn.pdf")
    yield Sent("đơn\u202egnp.pdf", pdf, None, "đơngnp.pdf")
    yield Sent("CON.pdf", pdf, None, "_CON.pdf")
    yield Sent("lpt1.png", lambda: picture("PNG"), None, "_lpt1.png")
    yield Sent("a" * 300 + ".pdf", pdf, None, "a" * 146 + ".pdf")
    yield Sent("đ" * 300 + ".pdf", pdf, None, "đ" * 118 + ".pdf")
    yield Sent('đơn<>:"|?*.pdf', pdf, None, "đơn-------.pdf")
    yield Sent("  . đơn\t\u00a0 xin .pdf ", pdf, None, "đơn xin.pdf")
    yield Sent("đơn\r\nSet-Cookie: x.pdf", pdf, None, "đơn Set-Cookie- x.pdf")
    yield Sent(".pdf", pdf, "not_accepted", "pdf")
    yield Sent("", pdf, "not_accepted", "tep")
    yield Sent("không đuôi", pdf, "not_accepted")
    yield Sent("virus.exe.pdf", pdf, "hidden_program")
    yield Sent("anh.PHP.jpg", photograph, "hidden_program")
    yield Sent("đơn.pdf.exe", lambda: PROGRAM, "not_accepted")
    yield Sent("đơn\u202efdp.exe", lambda: PROGRAM, "not_accepted", "đơnfdp.exe")


def other_content() -> Iterator[Sent]:
    yield Sent("trống.pdf", lambda: b"", "empty")
    yield Sent("to.pdf", lambda: pdf() + b" " * MOST_BYTES, "too_large")
    yield Sent("virus.pdf", lambda: VIRUS, "other_content")
    yield Sent("virus.com", lambda: VIRUS, "not_accepted")
    yield Sent("chương trình.pdf", lambda: PROGRAM, "other_content")
    yield Sent("nén.zip", archive, "not_accepted")
    yield Sent("bom.zip", lambda: archive(content=b"\x00" * 50_000_000), "not_accepted")
    yield Sent("bom.pdf", lambda: archive(content=b"\x00" * 50_000_000), "other_content")
    yield Sent("văn bản.docx", lambda: word(macros=False), "not_accepted")
    yield Sent("macro.docm", lambda: word(macros=True), "not_accepted")
    yield Sent("macro.pdf", lambda: word(macros=True), "other_content")
    yield Sent("pdf.jpg", pdf, "other_content")
    yield Sent("jpg.pdf", photograph, "other_content")
    yield Sent("png.jpg", lambda: picture("PNG"), "other_content")
    yield Sent("jpg.png", photograph, "other_content")
    yield Sent("gif.jpg", lambda: picture("GIF", "P"), "other_content")
    yield Sent("ảnh.gif", lambda: b"GIF89a/*" + picture("GIF", "P")[8:] + b"*/=1;alert(1)", "not_accepted")
    yield Sent("hình.svg", lambda: SVG, "not_accepted")
    yield Sent("hình.png", lambda: SVG, "other_content")
    yield Sent("trang.pdf", lambda: HTML, "other_content")
    yield Sent("utf16.pdf", lambda: "đơn xin".encode("utf-16"), "other_content")
    yield Sent("ngẫu nhiên.pdf", lambda: random.Random(3).randbytes(10_000), "other_content")


def two_in_one() -> Iterator[Sent]:
    yield Sent("pdf sau html.pdf", lambda: HTML + pdf(), "other_content")
    yield Sent("pdf sau một chữ.pdf", lambda: b" " + pdf(), "other_content")
    yield Sent("html trong đầu pdf.pdf", lambda: pdf(head=b"%PDF-1.7\n" + HTML + b"\n"), "two_in_one")
    yield Sent("html sau pdf.pdf", lambda: pdf() + HTML, "two_in_one")
    yield Sent("zip sau pdf.pdf", lambda: pdf() + archive(), "two_in_one")
    yield Sent("zip sau png.png", lambda: picture("PNG") + archive(), "two_in_one")
    yield Sent("zip sau jpg.jpg", lambda: photograph() + archive() + b"\x00" * 200, "two_in_one")
    yield Sent("php sau jpg.jpg", lambda: photograph() + b"<?php system($_GET[0]); ?>\xff\xd9", "two_in_one")
    yield Sent("chữ trong jpg.jpg", lambda: picture("JPEG", comment=b"<ScRiPt>alert(1)</script>"), "two_in_one")
    yield Sent("pdf trong jpg.jpg", lambda: picture("JPEG", comment=pdf()[:900]), "two_in_one")
    yield Sent("svg sau png.png", lambda: picture("PNG") + SVG, "two_in_one")


def dangerous_pdfs() -> Iterator[Sent]:
    yield Sent("khoá.pdf", lambda: locked_pdf("secret"), "encrypted")
    yield Sent("khoá in.pdf", lambda: locked_pdf(""), "encrypted")
    yield Sent("mở là chạy.pdf", lambda: pdf(JS, root=b"/OpenAction 4 0 R"), "active")
    hidden = JS.replace(b"/JavaScript", b"/J#61v#61Script")
    yield Sent("giấu tên.pdf", lambda: pdf(hidden, root=b"/OpenAction 4 0 R"), "active")
    yield Sent("giấu trong nén.pdf", lambda: packed_pdf(JS), "active")
    yield Sent("chạy chương trình.pdf", lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>"), "active")
    yield Sent("phim.pdf", lambda: pdf(b"<< /Subtype /RichMedia >>"), "active")
    yield Sent("xfa.pdf", lambda: pdf(root=b"/AcroForm << /Fields [] /XFA (x) >>"), "active")
    yield Sent("2001 trang.pdf", lambda: pdf(pages=2001), "too_many_pages")
    yield Sent("mười nghìn trang.pdf", lambda: pdf(pages=10_000), "too_many_pages")
    yield Sent("không trang nào.pdf", lambda: pdf(pages=0), "broken")
    yield Sent("trang cắn đuôi.pdf", looping_pdf, "broken")
    yield Sent("bom nén.pdf", lambda: packed_pdf(b"<< /A (" + b" " * 70_000_000 + b") >>"), "too_complex")
    yield Sent("bom nén lớn.pdf", lambda: packed_pdf(b"<< /A (" + b" " * 200_000_000 + b") >>"), "broken")
    yield Sent("cụt.pdf", lambda: pdf(pages=50)[:400], "broken")
    yield Sent("chỉ có đầu.pdf", lambda: b"%PDF-1.7\n", "broken")


def broken_pictures() -> Iterator[Sent]:
    yield Sent("khổng lồ.png", lambda: picture("PNG", "1", (20_000, 20_000)), "too_many_pixels")
    yield Sent("nói dối.png", lambda: resized(picture("PNG"), 60_000, 60_000), "too_many_pixels")
    yield Sent("cụt.png", lambda: picture("PNG", size=(300, 300))[:-60], "broken")
    yield Sent("chỉ có đầu.png", lambda: picture("PNG")[:40], "broken")
    yield Sent("sai một byte.png", lambda: picture("PNG").replace(b"IDAT", b"IDAT\x00", 1), "broken")
    yield Sent("cụt.jpg", lambda: photograph()[:3000], "broken")
    yield Sent(
        "chỉ có đầu.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00", "broken"
    )


ALL = (*good(), *names(), *other_content(), *two_in_one(), *dangerous_pdfs(), *broken_pictures())
