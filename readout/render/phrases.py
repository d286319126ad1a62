"""The words for the contract's fixed terms, and sentences that several pages share."""

from __future__ import annotations

from readout.render.safe_words import SafeWords
from readout.text import PlainText, SafeMarkdown

STATUS = {
    "happened": "told as having happened",
    "reported": "told as reported by others",
    "alleged": "told as an allegation",
    "planned": "told as planned",
    "denied": "told as denied",
}
STANCE = {
    "denies": "a denial",
    "confirms": "a confirmation",
}
"""What a claim is that denies or confirms: its text already says what."""
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
FORMS = {
    "quoted": "quoted verbatim; whether translated is not stated",
    "translated": "quoted in translation",
    "original": "quoted verbatim, not translated",
    "excerpt": "paraphrased; the outlet's wording is given",
    "paraphrased": "paraphrased",
}
"""How the words of a claim came to us."""
CHANNEL_WORDS = {
    "meeting": "meeting",
    "call": "call",
    "message": "message",
    "contact": "contact",
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
LIKELIHOODS = {
    "almost no chance": "almost no chance",
    "remote": "remote",
    "very unlikely": "very unlikely",
    "highly improbable": "highly improbable",
    "unlikely": "unlikely",
    "improbable": "improbable",
    "roughly even chance": "roughly even chance",
    "roughly even odds": "roughly even odds",
    "likely": "likely",
    "probable": "probable",
    "very likely": "very likely",
    "highly probable": "highly probable",
    "almost certain": "almost certain",
    "nearly certain": "nearly certain",
}
CONFIDENCES = {"low": "low", "moderate": "moderate", "high": "high"}
"""ICD 203, both."""


def grade_in_words(say: SafeWords, grade: str) -> SafeMarkdown:
    """`B2: source usually reliable; information probably true`."""
    return say(
        "%(grade)s: source %(source)s; information %(information)s",
        grade=PlainText(grade),
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
        found.append(say("Likelihood: %(term)s.", term=say(LIKELIHOODS[likelihood])))
    if confidence:
        found.append(say("Confidence: %(level)s.", level=say(CONFIDENCES[confidence])))
    return tuple(found)
