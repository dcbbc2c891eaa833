"""Is a password easy to guess? What is left of it when everything guessable is taken away decides.

Taken away: common words of this and that language, words of this site and of the person, years and other numbers,
walks over the keyboard and the alphabet; letters written as digits are read as letters first.
"""

import re
from collections.abc import Iterable

ENOUGH = 6  # characters that must be left, and
DIFFERENT = 5  # different ones in the whole

COMMON = """
password passwort passwords contrasena motdepasse parola chiave welcome willkommen benvenuto benvenuta bienvenue letmein
admin administrator superadmin root sysadmin master system default changeme change temporary temp secret segreto geheim
login signin access account username user guest test testing tester demo example sample private public office
hello hallo ciao bonjour goodbye iloveyou iloveu loveyou love liebe amore honey baby angel princess principessa sunshine
sonne sole moonlight starlight flower butterfly rainbow summer winter spring autumn sommer estate inverno primavera
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday today tomorrow morning
football soccer baseball basketball hockey tennis juventus inter milan roma napoli bayern barcelona arsenal chelsea
liverpool manchester ferrari mercedes porsche computer internet google facebook instagram windows android samsung apple
microsoft monkey dragon tiger lion eagle shadow ninja samurai batman superman spiderman starwars pokemon naruto matrix
phoenix thunder freedom forever family mother father brother sister daniel michael andrew andrea marco maria anna laura
giulia francesco alessandro matteo thomas robert charlie jordan michelle jessica ashley jennifer
coffee chocolate cookie pizza banana orange cheese pepper
student students studente supervisor supervisors supervise superviseme researcher research professor teacher university
universita universitaet uni college school thesis tesi bachelor diploma degree project progetto science library campus
trustno one whatever nothing qwertz qwerty azerty asdf zxcv access abc xyz the my is and
""".split()
WALKS = (
    *(
        "1234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "qwertzuiop",
        "yxcvbnm",
        "azertyuiop",
        "qsdfghjklm",
        "wxcvbn",
    ),
    *(
        "abcdefghijklmnopqrstuvwxyz",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "qazwsxedcrfvtgbyhnujmikolp",
        "1q2w3e4r5t6z7u8i9o0p",
    ),
    *(
        "1q2w3e4r5t6y7u8i9o0p",
        "q1w2e3r4t5y6u7i8o9p0",
        "a1b2c3d4e5f6g7h8i9j0",
        "147258369",
        "789456123",
        "zaq12wsxcde34rfv",
    ),
)
_LEET = str.maketrans("01345789@$!|€", "oieastbgasile")
_NUMBER = re.compile(r"\d+")


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """`about`: names, addresses and other words an attacker would try first."""
    lower = password.casefold()
    if len(set(lower)) < DIFFERENT or _repeats(lower):
        return True
    words = _words(about)
    return min(_left(lower, words), _left(lower.translate(_LEET), words)) < ENOUGH


def _repeats(text: str) -> bool:
    """The whole is one short piece again and again."""
    return any(len(text) >= 2 * n and (text[:n] * (len(text) // n + 1))[: len(text)] == text for n in range(1, 8))


def _words(about: Iterable[str]) -> list[str]:
    own = {part for text in about for part in re.split(r"[\W_\d]+", text.casefold()) if len(part) >= 3}
    return sorted(own | set(COMMON), key=len, reverse=True)


def _left(text: str, words: list[str]) -> int:
    for word in words:
        text = text.replace(word, " ")
    text = _NUMBER.sub(" ", _without_walks(text))
    return sum(1 for letter in text if letter.isalnum())


def _without_walks(text: str, shortest: int = 4) -> str:
    for walk in _BOTH_WAYS:
        for size in range(len(walk), shortest - 1, -1):
            for start in range(len(walk) - size + 1):
                piece = walk[start : start + size]
                if piece in text:
                    text = text.replace(piece, " ")
    return text


_BOTH_WAYS = [way for walk in WALKS for way in (walk, walk[::-1])]
