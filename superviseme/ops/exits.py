"""How a command of the runbook ends, and the sentence it ends with."""

DONE, FAILED, USAGE, REFUSED, NEEDS_A_PERSON = range(5)
WORDS = {DONE: "ok", FAILED: "failed", USAGE: "usage", REFUSED: "refused", NEEDS_A_PERSON: "needs a person"}


class Stop(Exception):
    """One sentence for the operator, and how the command ends. REFUSED promises that nothing was changed."""

    def __init__(self, sentence: str, code: int = FAILED):
        super().__init__(sentence)
        self.code = code
