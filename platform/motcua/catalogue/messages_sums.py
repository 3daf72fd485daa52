"""What is said about expressions (C3xx, the codes of `Wrong`), and about rows, values, tables and formulas (C4xx)."""

from __future__ import annotations

from motcua.catalogue.diagnostic import Message

MESSAGES: dict[str, Message] = {
    # expressions: how they are written
    "C301": Message("không đọc được biểu thức ở '{text}'", "the expression cannot be read at '{text}'"),
    "C302": Message(
        "tên trong biểu thức viết không dấu: '{name}'", "names in an expression have no Vietnamese letters: '{name}'"
    ),
    "C303": Message("so sánh viết `==`, không viết `=`", "compare with `==`, not with `=`"),
    "C304": Message("viết `{sign}` thay cho '{name}'", "write `{sign}` in place of '{name}'"),
    "C305": Message("dấu nháy mở ở đây không có dấu đóng", "the quote that opens here is never closed"),
    "C335": Message("dùng nháy thẳng \" hoặc ' thay cho {sign}", "use a straight quote, \" or ', in place of {sign}"),
    "C306": Message("'{name}' là từ dành riêng, không đặt làm tên được", "'{name}' is a reserved word and no name"),
    "C307": Message(
        "biểu thức dài quá {limit} ký tự; đặt từng phần thành giá trị trong `values`",
        "longer than {limit} characters; give its parts names under `values`",
    ),
    "C308": Message(
        "biểu thức lồng quá sâu hoặc cộng quá nhiều số hạng; đặt từng phần thành giá trị trong `values`",
        "nested too deeply, or too many terms; give its parts names under `values`",
    ),
    "C309": Message(
        "`has({name})`: chỉ hỏi được một trường, như `has(trang.truong)`",
        "`has({name})`: it can only ask for a field, as `has(page.field)`",
    ),
    "C328": Message(
        "`//` bỏ hết phần sau nó; muốn chia thì viết công thức", "`//` drops the rest; to divide, write a formula"
    ),
    "C330": Message("biểu thức trống", "the expression is empty"),
    "C331": Message("viết `has(value.{name})`", "write `has(value.{name})`"),
    # expressions: what they name
    "C310": Message("không có tên '{name}'", "there is no name '{name}'"),
    "C311": Message("'{of}' không có trường '{name}'", "'{of}' has no field '{name}'"),
    "C312": Message("không có hàm '{name}'", "there is no function '{name}'"),
    "C324": Message("'{of}' không có lựa chọn '{name}'", "'{of}' has no choice '{name}'"),
    # expressions: types
    "C313": Message("viết {takes}; ở đây là {function}({given})", "write {takes}; this is {function}({given})"),
    "C314": Message(
        "`{sign}` không dùng được giữa {left} và {right}", "`{sign}` does not go between {left} and {right}"
    ),
    "C315": Message(
        "ở đây cần {expected}, biểu thức cho {found}", "{expected} is needed here, the expression gives {found}"
    ),
    "C327": Message(
        "`điều kiện ? a : b`: điều kiện phải đúng hoặc sai, a và b cùng kiểu; ở đây là {condition}, {first}, {second}",
        "`condition ? a : b`: the condition must be true or false, a and b alike; "
        "these are {condition}, {first}, {second}",
    ),
    "C333": Message(
        "điều kiện trong `{function}` phải đúng hoặc sai, ở đây là {found}",
        "the condition in `{function}` must be true or false, this is {found}",
    ),
    "C322": Message("các mục của một danh sách phải cùng kiểu", "the items of a list must be of one type"),
    "C332": Message(
        'ngày không dùng `{sign}`: viết days(a, b), plus(a, "6 tháng"), minus(a, "30 ngày")',
        'no `{sign}` with dates: write days(a, b), plus(a, "6 tháng"), minus(a, "30 ngày")',
    ),
    # expressions: numbers and literals
    "C316": Message(
        "không dùng `{sign}` trong biểu thức: viết công thức, có làm tròn",
        "no `{sign}` in an expression: write a formula that rounds",
    ),
    "C317": Message(
        'số có dấu chấm không đứng trong biểu thức: tiền viết money("8.000"), số lẻ viết times(1, "1.5"); '
        "giá trị tiền hay tỷ lệ cần `type`",
        'no number with a point in an expression: write money("8.000") or times(1, "1.5"); '
        "a value of money or a rate needs its `type`",
    ),
    "C318": Message(
        "số thập phân so bằng same(a, b), không dùng `{sign}`", "compare decimals with same(a, b), not with `{sign}`"
    ),
    "C319": Message(
        "tỷ lệ không đứng trong điều kiện: chỉ dùng trong công thức",
        "a rate is no part of a condition: it goes into formulas",
    ),
    "C320": Message(
        "{function} không đọc được '{text}', viết như {example}",
        "{function} cannot read '{text}', write as in {example}",
    ),
    "C321": Message(
        "{function} cần một chữ viết sẵn trong nháy, như {example}",
        "{function} needs a text in quotes, as in {example}",
    ),
    "C323": Message("'{text}' không thuộc ngôn ngữ này", "'{text}' is not part of this language"),
    "C325": Message("số nguyên quá lớn", "the whole number is too big"),
    "C326": Message("biểu thức sai: {text}", "the expression is wrong: {text}"),
    "C329": Message(
        "không so cả nhóm bằng `{sign}`: so từng trường", "no `{sign}` between groups: compare their fields"
    ),
    "C334": Message(
        "'{text}' có thể là {first} hoặc {second}: viết rõ ra", "'{text}' could be {first} or {second}: write it out"
    ),
    # numbers
    "C401": Message(
        "'{text}' không phải số tiền, viết như 8.000, 500 triệu, 1.5 tỷ",
        "'{text}' is no amount, write 8.000, 500 triệu, 1.5 tỷ",
    ),
    "C402": Message(
        "'{text}' có thể là {first} hoặc {second}: viết rõ ra", "'{text}' could be {first} or {second}: write it out"
    ),
    "C403": Message(
        "'{text}' không phải tỷ lệ, viết như 12 %, 0.5 %, 2.5", "'{text}' is no rate, write 12 %, 0.5 %, 2.5"
    ),
    "C404": Message("'{text}' không phải là số, viết như 2 hay 2.5", "'{text}' is no number, write 2 or 2.5"),
    "C405": Message(
        "'{text}' là tỷ lệ, không phải tiền: viết {{of: ..., times: {text}}}",
        "'{text}' is a rate, not money: write {{of: ..., times: {text}}}",
    ),
    # formulas
    "C406": Message(
        "ở đây cần một số, một công thức, hoặc các dòng {{when, is}} có {{else}}",
        "a number, a formula, or rows {{when, is}} with {{else}} are needed here",
    ),
    "C407": Message("ở đây cần một số, biểu thức cho {found}", "a number is needed here, the expression gives {found}"),
    "C408": Message(
        "kết quả có thể lẻ: thêm một cách làm tròn, như `round_to: 1`",
        "the result may not be whole: add one rounding, as `round_to: 1`",
    ),
    "C409": Message(
        "chỉ có số nguyên, không có gì để làm tròn: bỏ dòng này",
        "only whole numbers enter, there is nothing to round: remove this",
    ),
    "C410": Message(
        "làm tròn đến '{text}': cần một số nguyên dương như 1 hay 1.000",
        "rounded to '{text}': write a whole number above zero, as 1 or 1.000",
    ),
    "C411": Message(
        "`none` chỉ đứng trong các dòng của at_least, at_most", "`none` stands only in rows of at_least and at_most"
    ),
    "C412": Message(
        "đây là các mục, không phải các dòng: viết {{of: ..., when: ...}}",
        "these are items, not rows: write {{of: ..., when: ...}}",
    ),
    "C413": Message(
        "`each` cần một danh sách gồm các nhóm, biểu thức cho {found}",
        "`each` needs a list of groups, the expression gives {found}",
    ),
    # values
    "C414": Message(
        "giá trị này cần `type`: money, rate, number, choice ...",
        "this value needs a `type`: money, rate, number, choice ...",
    ),
    "C415": Message(
        "các dòng phải cùng kiểu; ở đây có {first} và {second}",
        "the rows must be of one type; these are {first} and {second}",
    ),
    "C416": Message(
        "lựa chọn '{name}' phải là một từ không dấu, nối bằng gạch dưới",
        "the choice '{name}' must be one ASCII word with underscores",
    ),
    "C417": Message("các giá trị này cần lẫn nhau: {names}", "these values need each other: {names}"),
    "C418": Message(
        "tên '{name}' đã dùng cho trang, hàm hoặc biểu khác",
        "'{name}' is the name of a page, function or table already",
    ),
    "C419": Message("không dùng được kiểu '{name}' ở đây", "the type '{name}' cannot stand here"),
    "C435": Message("giá trị '{name}' thiếu `is`", "the value '{name}' has no `is`"),
    # tables
    "C420": Message(
        "cột '{name}' không phải là khoá của biểu; cột giá trị tên là `value`",
        "the column '{name}' is no key; the column of values is called `value`",
    ),
    "C421": Message("đầu biểu thiếu khoá '{name}'", "the header lacks the key '{name}'"),
    "C422": Message(
        "đầu biểu nói khoá '{name}' hai lần, hoặc không ở mọi cột giá trị",
        "the header tells the key '{name}' twice, or not in every column of values",
    ),
    "C423": Message("dòng có {got} ô, đầu biểu có {expected} cột", "the row has {got} cells, the header {expected}"),
    "C424": Message(
        "ô '{text}' của khoá '{key}' không đọc được: viết một số, hoặc `từ 16 đến dưới 60`, `trên 10 tỷ`, `*`",
        "the cell '{text}' of '{key}' cannot be read: write a number, or `từ 16 đến dưới 60`, `trên 10 tỷ`, `*`",
    ),
    "C425": Message("giá trị '{text}' của biểu không đọc được", "the value '{text}' of the table cannot be read"),
    "C426": Message(
        "dòng {first} và dòng {second} trùng nhau: có trường hợp rơi vào cả hai",
        "rows {first} and {second} overlap: a case falls into both",
    ),
    "C427": Message("biểu không có dòng cho {given}", "the table has no row for {given}"),
    "C428": Message(
        "`read: {read}` cần đúng một khoá kiểu number hoặc money",
        "`read: {read}` needs exactly one key, of type number or money",
    ),
    "C429": Message("`read: line` cần các điểm, không phải khoảng", "`read: line` needs points, not intervals"),
    "C430": Message("`read: slices` chỉ dùng `đến` và `trên`", "`read: slices` uses only `đến` and `trên`"),
    "C432": Message("đầu biểu không có cột giá trị", "the header has no column of values"),
}
