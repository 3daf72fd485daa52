"""Money in words (số tiền bằng chữ), as receipts demand it: `16000` -> "Mười sáu nghìn đồng". Called by receipt."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_MOST = 10**18


def money_words(amount: int) -> str:
    """An amount in đồng, from 0 to below 10^18. Raises ValueError for another."""
    if not 0 <= amount < _MOST:
        raise ValueError(amount)
    said = " ".join([*_whole(amount), "đồng"])
    return said[0].upper() + said[1:]


def _whole(amount: int) -> list[str]:
    """Nine digits at a time: what stands above them is counted in `tỷ`."""
    if amount == 0:
        return [_DIGITS[0]]
    above, below = divmod(amount, 10**9)
    said = [*_whole(above), "tỷ"] if above else []
    return said + _below_a_billion(below, first=not above)


def _below_a_billion(amount: int, *, first: bool) -> list[str]:
    said: list[str] = []
    for scale in (2, 1, 0):
        group = amount // 1000**scale % 1000
        if group:
            said += [*_group(group, whole=not first or bool(said)), *([_SCALES[scale]] if scale else [])]
    return said


def _group(group: int, *, whole: bool) -> list[str]:
    """Three digits; `whole`: more stands before them, so an empty place is said (`không trăm`, `linh`)."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    said = [_DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens > 1:
        said += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    return said + ([_ones(ones, tens)] if ones else [])


def _ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return _DIGITS[ones]
