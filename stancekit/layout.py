"""Lay an article out: where its paragraphs are, and which of them are prose."""

import re
from collections.abc import Sequence
from functools import cache

from stancekit.lexicons import load_lexicon, load_words
from stancekit.records import SentenceKind, Span

_BLANK = (
    "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff\u200b\u200c\u200d\u2060"
)
_MIN_WRAPPED = 30  # a choice: in text wrapped by hand some line is at least so long
_LONG = 300  # a choice: nothing longer is a headline, byline or share bar
_MIN_HEADLINE = 20  # a choice: a shorter line may stand in another by chance
_HEAD = 10  # a choice: how many first paragraphs may repeat the headline beside the site's name
_END_MARK = re.compile(r"[.!?…:;](?:['\"”’)\]*]|\[\d{1,3}\]){0,6}$")
_RULED_HEADING = re.compile(r"[-–—*=]+[ ].{1,60}[ ][-–—*=]+")  # "- Back to the table -"
_BULLET = re.compile(r"(?:[-•*▪·–—][ \t]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t])")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|Xinhua|TASS|EPA-EFE|EPA|EFE|KCNA|UPI|DPA|dpa|ANSA|Getty Images"
    r"|Getty|PTI|IRNA|Yonhap)"
)
_PICTURE = (
    r"(?i:photos?|pictures?|images?|pool|file|handout|screen ?(?:grab|capture)?|courtesy|via)"
)

_MARKED_FURNITURE = re.compile(
    rf"[(\[]?(?:https?://\S+|www\.\S+|@\w+|#\w+(?:[ ]#\w+)*|{_AGENCY})\W*$|©|\(c\)[ ]|\[ad_\d"
    r"|\W*\((?i:with|reporting|editing|writing|additional|web editor|photo|file|source|agencies)\b"
    r"|\d+[ ](?i:min(?:ute)?s?[ -]read|(?:hours?|days?|minutes?)[ ]ago|comments?|shares?|views)\b"
    r"|[–—-]+[ ]?(?i:with agencies|agencies|afp|reuters|ap|xinhua|ends?)\W*$"
)
_CREDIT_AT_END = re.compile(
    rf"(?:[(\[](?:{_AGENCY}(?:[ ]?/[ ]?|:[ ]|[ ](?i:photo|file|via|pool))|{_PICTURE}\b[ :/])"
    r"[^()]{0,90}[)\]]"
    rf"|[(\[][^()]{{2,60}}(?:[/-][ ]?{_AGENCY}|/Shutterstock|(?i:\bphoto|\bpool|\bhandout))[)\]]"
    rf"|\b(?:{_AGENCY}/[A-Z][\w. -]{{2,40}}"
    r"|(?i:photo|picture|image|credit)s?(?:[ ]by)?:[^.]{2,60}"
    r"|(?:Photo|Video|Picture|Image)s?[ ]by[ ][A-Z][^.]{1,40}"
    rf"|{_AGENCY} (?:photo|picture|image)))\W*$"
)
_REPORTER_AT_END = re.compile(
    r"(?:\([A-ZÀ-Þ][\w.’' -]{1,40}(?:--|—|–|/)[^()]{1,40}\)"
    r"|\bcontributed (?:to|reporting)\b[^.]{0,60}\."
    r"|^[A-Z][\w.’'-]+ [A-Z][\w.’'-]+ report(?:ed|s) from [A-Z][\w ,]{2,40}\.)$"
)
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’'ʻ-]*,?[ ]?){1,3}(?:[ ][-–—]|[-–—])?$|[A-ZÀ-Þ][\w.’', ]{2,30}[ ][-–—]$"
)
_PLACE_AND_DATE = re.compile(
    rf"(?:[A-ZÀ-Þ][\w.’'-]*[, ]+){{1,4}}(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}"
    rf"|{_MONTH} \d{{1,2}}),? \d{{4}}\W*$"
)
_NAME_IN_PLACE = re.compile(
    r"[A-Z]\w+ [A-Z]\w+(?: and [A-Z]\w+ [A-Z]\w+)? in [A-Z]\w+(?: [A-Z]\w+)?$"
)
_SMALL = (
    r"(?:of|the|and|for|to|by|on|in|at|with|an?|de|du|des|la|joint|press|official|media|opening"
    r"|regular)"
)
_HEADER = re.compile(
    rf"\W*(?:(?:[A-ZÀ-Þ0-9][\w.,:’'/&-]*|{_SMALL})[ ]){{0,12}}"
    r"(?P<noun>(?i:statements?|communiqu[ée]|declaration|press (?:release|note|conference|briefing)"
    r"|remarks|briefing|note|comments?|response|reply|answers?|speech|address|message|readout"
    r"|transcript|resolution|intervention|letter|media release|note verbale|fact sheet|interview))"
    r"(?:\W*$|[ ](?i:by|of|on|from|at|to|about|regarding|concerning|in|for|with|no|following|after"
    r"|the)\b"
    r"|[ ]?[:|–—-][ ]|[ ]\d)"
)
_ORGAN = re.compile(
    r"(?:The )?(?:[A-ZÀ-Þ][\w’'.-]* ){0,4}(?i:ministry|embassy|office|department|mission|government"
    r"|secretariat|presidency|commission|council|committee|agency|delegation|institute|force|consulate"
    r"|house|chancellery)(?:$|,| (?i:of|for|to|in)\b)(?!.*[a-z]s [a-z])"
)
_RELEASE = re.compile(
    r"(?i:\W*(?:for )?immediate release\b|embargoed\b|ref(?:erence)?[.: ]+\S*\d|no\.? ?\d+)"
)


def find_paragraphs(article: str) -> list[Span]:
    """Return the spans of paragraphs; lines that were wrapped by hand stay together."""
    lines: list[Span] = []
    below: list[bool] = []  # whether the line stands right under the one before
    is_wrapped = is_below = False
    position = 0
    for line in article.splitlines(keepends=True):
        left = len(line) - len(line.lstrip(_BLANK))
        right = len(line.rstrip(_BLANK))
        if left < right:
            is_wrapped |= is_below and line[left].islower()
            lines.append((position + left, position + right))
            below.append(is_below)
        is_below = left < right
        position += len(line)
    return _unwrapped(article, lines, below) if is_wrapped else lines


def _unwrapped(article: str, lines: Sequence[Span], below: Sequence[bool]) -> list[Span]:
    """Join the lines that were broken only because the next word did not fit."""
    cuts = [False] + [
        below[i] and article[lines[i][0]].islower() and _runs_over(article, lines[i - 1])
        for i in range(1, len(lines))
    ]
    widths = [lines[i - 1][1] - lines[i - 1][0] for i, cut in enumerate(cuts) if cut]
    width = max(widths) if len(widths) > 1 else 0
    if max(widths, default=0) < _MIN_WRAPPED:
        return list(lines)
    paragraphs = [lines[0]]
    for i in range(1, len(lines)):
        (before, stop), (start, end) = lines[i - 1], lines[i]
        word = article.find(" ", start, end)
        is_full = stop - before + 1 + (end if word < 0 else word) - start > width > 0
        if cuts[i] or (is_full and below[i] and not _BULLET.match(article, start, end)):
            paragraphs[-1] = (paragraphs[-1][0], end)
        else:
            paragraphs.append((start, end))
    return paragraphs


def _runs_over(article: str, line: Span) -> bool:
    """Tell whether a line stops without the mark that ends a sentence."""
    return not _END_MARK.search(article, max(line[0], line[1] - 8), line[1])


def paragraph_kinds(article: str, paragraphs: Sequence[Span]) -> list[SentenceKind]:
    """Tell for each paragraph whether it is prose, a headline, a header or boilerplate."""
    kinds: list[SentenceKind] = []
    seen = _site_headlines(article, paragraphs[:_HEAD])
    has_prose = False
    for number, (start, end) in enumerate(paragraphs):
        kind: SentenceKind = "prose"
        if end - start <= 2 * _LONG:
            text = article[start:end]
            if is_furniture(text):
                kind = "boilerplate"
            elif end - start <= _LONG:
                is_first = number == 0 and len(paragraphs) > 1
                kind = _kind(text, seen, is_first=is_first, has_prose=has_prose)
        has_prose = has_prose or kind == "prose"
        kinds.append(kind)
    return kinds


def _site_headlines(article: str, paragraphs: Sequence[Span]) -> set[str]:
    """Return the lines that hold the headline beside the name of the site: copies to skip."""
    short = [span for span in paragraphs if span[1] - span[0] <= _LONG]
    texts = [article[a:b] for a, b in short if article[b - 1] != "."]
    copies = set()
    for text in texts:
        if " - " in text or " | " in text or " – " in text or " — " in text:
            for other in texts:
                if len(other) >= _MIN_HEADLINE and (
                    re.match(r" [-|–—] ", text.removeprefix(other))
                    or re.search(r" [-|–—] $", text.removesuffix(other))
                ):
                    copies.add(text)
    return copies


@cache
def _furniture() -> dict[str, re.Pattern[str]]:
    """Return what has to follow the first word of a line for it to be page furniture."""
    rest: dict[str, list[str]] = {}
    for pattern in sorted(load_words("furniture")):
        word = pattern[: len(pattern) - len(pattern.lstrip("abcdefghijklmnopqrstuvwxyz"))]
        rest.setdefault(word, []).append(pattern.removeprefix(word))
    return {word: re.compile("|".join(some), re.I) for word, some in rest.items()}


def is_furniture(text: str) -> bool:
    """Tell whether a paragraph belongs to the page and not to the article."""
    first = text[:24].split(None, 1)[0]
    word = first.rstrip(".:,;|").lower()
    rest = _furniture().get(word)
    if rest is not None and rest.match(text, len(word)):
        return True
    if (not first[0].isalpha() or first.startswith(("http", "www."))) and _MARKED_FURNITURE.match(
        text
    ):
        return True
    last = text[-1]
    is_short = len(text) <= _LONG
    may_credit = last in ")]" or (last.isalnum() and is_short)
    if may_credit and _CREDIT_AT_END.search(text, max(0, len(text) - 160)):
        return True
    may_name = last == ")" or " contributed " in text or " from " in text[:60]
    if may_name and is_short and _REPORTER_AT_END.search(text):
        return True
    if len(text) > 90 or last == ".":  # a choice: share bars and lines of dates are shorter
        return False
    words = set(_WORD.findall(text.lower()))
    has_number = any(map(str.isdigit, text))
    return words <= load_words("share_bar") or (has_number and words <= load_words("clock"))


def _kind(text: str, seen: set[str], *, is_first: bool, has_prose: bool) -> SentenceKind:
    """Return the kind of a short paragraph that is no furniture."""
    if text in seen or (has_prose and _RULED_HEADING.fullmatch(text)):
        return "boilerplate"
    if text[-1] == "." and not is_first:
        return "prose"
    words = text.split()
    if _BULLET.match(text) and len(words) > 3 and not text.endswith((" -", " –", " —")):
        return "prose"
    is_question = is_first and (text[-1] in "?;" or _is_title_case(words))
    if not is_question and _END_MARK.search(text, max(0, len(text) - 8)):
        return "headline" if text[-1] == ":" and len(words) < 3 else "prose"
    seen.add(text)
    if not has_prose and _is_header(text, words):
        return "header"
    is_label = _LABEL.match(text) is not None and not (is_first and len(words) > 1)
    is_signature = has_prose and (is_label or _ORGAN.match(text) is not None) and len(words) < 9
    if is_signature or (is_label and not text.isupper()) or _NAME_IN_PLACE.match(text):
        return "boilerplate"
    if _PLACE_AND_DATE.match(text):
        return "boilerplate"
    is_long = len(words) > (14 if has_prose else 22)  # a choice: headlines are shorter
    return "prose" if not is_first and (is_long or text.endswith((",", "—"))) else "headline"


def _is_title_case(words: Sequence[str]) -> bool:
    long = [w.strip("“‘'\"(") for w in words]
    long = [w for w in long if len(w) > 3]
    return len(long) > 2 and all(not w[0].islower() for w in long)


def _is_header(text: str, words: Sequence[str]) -> bool:
    """Tell whether a line heads a press release: its kind, its organ, its reference."""
    if _RELEASE.match(text) or _ORGAN.match(text):
        return not _has_verb(words, "")
    header = _HEADER.match(text)
    return header is not None and not _has_verb(words, header["noun"])


def _has_verb(words: Sequence[str], noun: str) -> bool:
    verbs = _finite_verbs() - set(noun.lower().split())
    return any(w in verbs or (w.lower() in verbs and w not in ("States", "May")) for w in words)


@cache
def _finite_verbs() -> frozenset[str]:
    """Return reporting verbs in the forms that headlines use: "rejects", "slams", "said"."""
    rows = (row[:3] for row in load_lexicon("cues"))
    forms = (form for form, lemma, group in rows if group != "noun" and form != lemma)
    finite = frozenset(f for f in forms if " " not in f and not f.endswith("ing"))
    return finite | {
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "must",
        "may",
    }
