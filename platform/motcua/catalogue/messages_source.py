"""What is said about files that cannot be read as meant (C0xx). Help pages and examples are in `checks/`."""

from __future__ import annotations

from motcua.catalogue.diagnostic import Message

MESSAGES: dict[str, Message] = {
    # the bytes
    "C001": Message(
        "tệp không phải UTF-8 (gặp byte {byte}); lưu lại bằng UTF-8", "not UTF-8 (byte {byte}); save it as UTF-8"
    ),
    "C002": Message("tệp lưu bằng UTF-16; lưu lại bằng UTF-8", "the file is UTF-16; save it as UTF-8"),
    "C003": Message(
        "đầu tệp có dấu BOM; lưu lại bằng UTF-8 không BOM", "a byte order mark at the top; save as UTF-8 without BOM"
    ),
    "C004": Message(
        "có ký tự ẩn {character}; xóa đi rồi gõ lại", "a hidden character {character}; delete it and type again"
    ),
    "C005": Message(
        "tệp quá lớn: {size} byte, nhiều nhất {limit}; chia thành nhiều tệp",
        "too large: {size} bytes, at most {limit}; split the file",
    ),
    "C006": Message("lồng quá sâu: nhiều nhất {limit} tầng", "nested too deeply: at most {limit} levels"),
    "C007": Message("quá nhiều mục: nhiều nhất {limit} trong một tệp", "too many entries: at most {limit} in one file"),
    "C008": Message(
        "dùng dấu cách, không dùng phím Tab (tệp có {count} ký tự tab)", "use spaces, not tabs (the file has {count})"
    ),
    # the punctuation
    "C009": Message("quá nhiều lỗi: dừng lại sau {limit} lỗi", "too many mistakes: stopped after {limit}"),
    "C010": Message("không đọc được từ đây: {reason}", "cannot be read from here: {reason}"),
    "C011": Message("dấu nháy mở ở đây không có dấu đóng", "the quote that opens here is never closed"),
    "C012": Message(
        "ngoặc {sign} mở ở đây không có dấu đóng đúng chỗ",
        "the bracket {sign} that opens here is not closed where it should be",
    ),
    "C013": Message(
        "dòng thụt vào không thẳng với dòng cùng cấp, hoặc nằm dưới một giá trị",
        "this line is not aligned with its like, or stands under a value",
    ),
    "C014": Message(
        "giá trị có dấu ': ' phải nằm trong nháy kép: \"{word}\"", "a value that holds ': ' must be quoted: \"{word}\""
    ),
    "C015": Message(
        "trong ngoặc, dấu phẩy hay ngoặc cắt giá trị; đặt cả giá trị trong nháy: '{word}'",
        "in braces a comma or bracket cuts the value; quote the whole: '{word}'",
    ),
    "C016": Message(
        "giá trị không được bắt đầu bằng {sign}; đặt trong nháy kép", "a value cannot begin with {sign}; quote it"
    ),
    "C017": Message(
        'điều kiện bắt đầu bằng ! phải nằm trong nháy kép: "{condition}"',
        'a condition that begins with ! must be quoted: "{condition}"',
    ),
    "C018": Message(
        "giá trị bị cắt ở dấu ' #'; đặt cả giá trị trong nháy kép (ghi chú thì viết '# ' có dấu cách)",
        "the value is cut at ' #'; quote the whole (a comment is written '# ', with a space)",
    ),
    "C019": Message(
        "sau dấu nháy đóng còn chữ; đặt cả giá trị trong một cặp nháy",
        "text after the closing quote; put the whole value in one pair of quotes",
    ),
    # the words
    "C020": Message(
        "khoá '{key}' đã có ở dòng {line}, cột {column}",
        "the key '{key}' stands already at line {line}, column {column}",
    ),
    "C021": Message(
        "'{word}' dễ bị hiểu lầm: viết true, false, null, hoặc đặt trong nháy nếu là chữ",
        "'{word}' is doubtful: write true, false, null, or quote it if it is a text",
    ),
    "C022": Message(
        'số có số 0 đứng đầu phải nằm trong nháy: "{word}"', 'a number with leading zeros must be quoted: "{word}"'
    ),
    "C023": Message(
        "không dùng {sign} của YAML (neo, bí danh); viết ra, hoặc đặt trong nháy nếu là chữ",
        "YAML's {sign} (anchor, alias) is not used; write it out, or quote it if it is a text",
    ),
    "C024": Message("không dùng thẻ YAML '{tag}'", "the YAML tag '{tag}' is not used"),
    "C025": Message(
        "không dùng khoá trộn '<<'; dùng `use` hoặc `$ref`", "the merge key '<<' is not used; use `use` or `$ref`"
    ),
    "C026": Message("mỗi tệp chỉ có một tài liệu; bỏ dấu '---' này", "one document in a file; remove this '---'"),
    "C027": Message("không dùng chỉ thị '%' của YAML", "YAML directives ('%') are not used"),
    "C028": Message("khoá phải là một từ", "a key must be one word"),
    "C029": Message(
        "'{word}': số lẻ viết bằng dấu chấm, hai số cách nhau bằng dấu phẩy và dấu cách",
        "'{word}': write decimals with a point, and a space after a comma between two numbers",
    ),
    "C030": Message(
        'số quá dài; nếu là mã số thì đặt trong nháy: "{word}"',
        'the number is too long; if it is a code, quote it: "{word}"',
    ),
    "C031": Message("tệp trống", "the file is empty"),
    "C032": Message(
        "trong nháy kép không viết được '\\' như vậy; dùng nháy đơn",
        "a '\\' cannot stand like this in double quotes; use single quotes",
    ),
    "C033": Message("dòng này thiếu dấu ':' sau khoá", "this line lacks a ':' after its key"),
    "C034": Message("dấu {sign} này thừa: không có ngoặc nào mở", "this {sign} closes nothing"),
    # the folder
    "C040": Message("liên kết '{name}' dẫn ra ngoài thư mục danh mục", "the link '{name}' leads out of the catalog"),
    "C041": Message("tệp danh mục phải có đuôi .yaml", "a catalog file must end in .yaml"),
    "C042": Message(
        "không có loại tệp nào ở chỗ này; tệp không được đọc",
        "no kind of file belongs here; it is not read",
    ),
    "C043": Message(
        "tên tệp, thư mục chỉ gồm chữ thường không dấu, số và dấu gạch dưới: '{meant}'",
        "names of files and folders are small letters without marks, digits and underscores: '{meant}'",
    ),
    "C044": Message("không mở được tệp: {reason}", "the file cannot be opened: {reason}"),
    "C045": Message("danh mục không có thủ tục nào trong procedures/", "the catalog has no procedure in procedures/"),
}
