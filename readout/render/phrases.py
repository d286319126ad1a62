"""The words for the contract's fixed terms, and sentences that several pages share."""

from __future__ import annotations

from readout.render.safe_words import SafeWords
from readout.text import SafeMarkdown

STATUS = {
    "happened": "told as having happened",
    "reported": "told as reported by others",
    "alleged": "told as an allegation",
    "planned": "told as planned",
    "denied": "told as denied",
}
STANCE = {
    "asserts": "asserts it",
    "denies": "denies it",
    "confirms": "confirms it",
    "no-comment": "does not comment",
}
ROLES = {
    "participant": "participant",
    "host": "host",
    "visitor": "visitor",
    "caller": "caller",
    "callee": "called",
    "sender": "sender",
    "intermediary": "intermediary",
    "recipient": "recipient",
    "attacker": "attacker",
    "target": "target",
    "victim": "victim",
    "speaker": "speaker",
    "subject": "subject",
    "signatory": "signatory",
    "mediator": "mediator",
    "publisher": "publisher",
    "supplier": "supplier",
    "receiver": "receiver",
}
KINDS = {
    "person": "person",
    "state": "state",
    "organisation": "organisation",
    "group": "group",
    "outlet": "outlet",
}
RELATION_OUT = {
    "denies": "Denies",
    "confirms": "Confirms",
    "supports": "Supports",
    "disputes": "Disputes",
    "repeats": "Repeats",
}
RELATION_IN = {
    "denies": "Denied by",
    "confirms": "Confirmed by",
    "supports": "Supported by",
    "disputes": "Disputed by",
    "repeats": "Repeated by",
}
MATTERS = {
    "date": "when",
    "place": "where",
    "status": "whether it happened",
    "figure": "how many",
}
CATEGORIES = {
    "AGREE": "agreement",
    "CONSULT": "consultation",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "retreat",
    "REQUEST": "request",
    "ACCUSE": "accusation",
    "REJECT": "rejection",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanction",
    "MOBILIZE": "mobilisation",
    "COERCE": "coercion",
    "ASSAULT": "assault",
}
GRADE_SOURCE = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
GRADE_INFORMATION = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""NATO Admiralty code (AJP-2.1), both scales."""


def grade_in_words(say: SafeWords, grade: str) -> SafeMarkdown:
    """`B2: source usually reliable; information probably true`."""
    return say(
        "%(grade)s: source %(source)s; information %(information)s",
        grade=say(grade),
        source=say(GRADE_SOURCE[grade[0]]),
        information=say(GRADE_INFORMATION[grade[1]]),
    )


def reports_and_origins(say: SafeWords, reports: int, origins: int) -> SafeMarkdown:
    """`3 reports, 1 origin`: reports that rest on one origin count once."""
    return say(
        "%(reports)s, %(origins)s",
        reports=say.count("%(n)s report", "%(n)s reports", reports),
        origins=say.count("%(n)s origin", "%(n)s origins", origins),
    )


def sureness(
    say: SafeWords, likelihood: str | None, confidence: str | None
) -> tuple[SafeMarkdown, ...]:
    """ICD 203: likelihood and confidence, each in a sentence of its own."""
    found = []
    if likelihood:
        found.append(say("Likelihood: %(term)s.", term=say(likelihood)))
    if confidence:
        found.append(say("Confidence: %(level)s.", level=say(confidence)))
    return tuple(found)
