"""Texts of our own making on which the two tokenizers are compared: templates filled by a fixed seed, and every code point.

Nothing here is anybody's post. Code points are those that Python's Unicode tables know, so that a newer library on the other side
cannot know more.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator

SUBJECTS = """fractions|rational numbers|photosynthesis|the water cycle|plate tectonics|close reading|phonics|long division|the Civil War
|circuits|cell division|ecosystems|argument writing|poetry|ratios|probability|number lines|natural selection|map skills|coding
|lab safety|vocabulary|the periodic table|civics|world history|quadratics|proofs|fluency|spelling|drama|ceramics|choir""".replace("\n", "").split("|")
PEOPLE = "students|kids|Ss|teachers|5th graders|my class|ELLs|parents|colleagues|the PLC|new teachers|freshmen".split("|")
TAGS = """#NGSSchat #ngsschat #mathchat #MTBoS #edchat #EdTech #STEMed #K12 #Grade5_Math #5thgrade #TeacherTwitter #AP_Bio #APbio
#iteachmath #ITeachMath #elemchat #PBL #plc #IEP #ELAchat #ELA7th #scienceeducation #iTeach3rd #Math4All #T4T #YOLO #CCSSMath
#learning #éducation #ÉcoleMaternelle #schule_Bayern #数学 #数学chat #ＳＴＥＭ #ИсторияУрок #مدرسة #__ #_ #123 #2ndGrade #a1b2 #ABcd
#wearestillhere #teacherlife2021 #Hour4Code #K-12 ＃math #MLKday #WCAGteachers #inspired #IamTHEteacher #ngssChatS #ﬁeldtrip""".split()
EMOJI = "😀|👍|👍🏽|👩‍🏫|👨🏿‍🔬|❤️|❤|⭐|🇩🇪|🇺🇸🇫🇷|🇺|1️⃣|#️⃣|🏴󠁧󠁢󠁥󠁮󠁧󠁿|📚✏️|💡|☀️|™️|©|ℹ️|➡️|▶|🫶🏼|👨‍👩‍👧‍👦|♀|🈂️|㊗️|㋿|🅰️".split("|")
HANDLES = "@MsSmith @first_last @name@school.example @ @@x @a.b @a. ＠wide name@school.example me@x @数学 @é_ü".split()
LINKS = """https://t.co/abc123 http://example.org/a?b=c#d www.example.org HTTPS://EXAMPLE.ORG/X https://例え.jp/x www. wwwx httpx
https https://a"b http://x’y hhttps://x (https://x.org) x.https://y.z WWW.a-b.c/~d%20e""".split()
ENTITIES = "&amp;|&lt;3|&gt;|&#39;|&#128512;|&nbsp;|R&D|&|& amp;|&thetasym;|&thetasymx;|&amp|&é;|&amp;amp;|&;|&#;|AT&T;".split("|")
WORDS = """don't|won’t|teachers’|it's|y'all|rock'n'roll|'quoted'|o''clock|’tis|Hawaiʻi|jusqu'à|l’école|naïve|café|cafe\u0301|résumé|ÜBER|Straße
|STRASSE|ﬁeld|ﬂuency|ﬃ|ｍａｔｈ|ＭＡＴＨ|ǅungla|İstanbul|ISTANBUL|ıI|ςΣσ|ΟΔΟΣ|ÅNGSTRÖM|Å|K|µm|Ω|x²|H₂O|CO₂|½ cup|①②|Ⅷ|10⁻³|3.14|1,000|50%|5th|K-5
|well-being|e.g.|U.S.A.|a/b|C++|C#|.NET|snake_case|camelCase|A|I|_x_|—dash—|“quoted”|…so|soft\u00adhyphen|zero\u200bwidth|zero\u200djoin
|word\u2060joined|\ufeffbom|\u200fright|e\u0301\u0327\u0301|a\u0307\u0323|ṩ|s\u0323\u0307|s\u0307\u0323|\u0301alone|ﷺ|ﷺﷺ|㎏|㍿|ℌ|𝕸𝖆𝖙𝖍|𝐁𝐨𝐥𝐝|🄰|ẞ|ŉ|ʼn|ǰ|ΐ|և|ﬀ
|שלום|מורים|שָׁלוֹם|שּׁ|השיעור|السلام|عليكم|مُعَلِّم|ﻻ|لا|العلوم۱۲۳|हिन्दी|शिक्षक|क्ष|ज्ञान|বাংলা|தமிழ்|ไทย|ภาษาไทย|ລາວ|ខ្មែរ|မြန်မာ|አማርኛ|ქართული|ᲥᲐᲠᲗᲣᲚᲘ|Հայերեն
|русский|РУССКИЙ|ёлка|е\u0308лка|їжак|ελληνικά|Ἀθῆναι|ᾳ|ᾼ|ꭰ|Ꭰ|ᏸ|数学|数学の授業|ガッコウ|ｶﾞｯｺｳ|か\u3099|が|학교|한국어|\u1112\u1161\u11ab|汉字abc|abc汉字|日本語。|「授業」|〇|々|ー|㐀|𠀀|豈|ㄅㄆ|ꀀ|ᠮᠣᠩᠭᠣᠯ
|﻿|\u0000|a\u0000b|tab\tbed|line\nbreak|cr\rlf|\x7f|\x1b[0m|\u0085|\u2028|\U000e0041|\U0010ffff|\ufffd|\ue000""".replace("\n", "").split("|")
TEMPLATES = (
    "How do you teach {subject} to {people}? {tag}",
    "{people} loved {subject} today {emoji}{emoji} {tag} {tag} {link}",
    "RT {handle}: {subject} and {subject2}... {entity} {word}",
    "{word} {word2} {word3}",
    "{word}{emoji}{word2} {tag}{word3}",
    "{tag}{tag2} {handle}{word} {entity}{word2}",
    "Q1: what does {subject} look like w/ {people}?! {tag}",
    "A2) {word}, {people} {emoji} {entity} {subject} -{handle}",
    "{link} {subject}: {word} ({people}) {tag}",
    "{emoji}{handle}{link}{tag}{word}",
    "“{subject}” isn’t {word}; it's {subject2}. {people}’ {word2}",
    "{subject_upper} {tag_joined} {word}{apostrophe}{word2}",
    "{word}\u200d{word2}\u0301{word3}",
)
IDEOGRAPHS_IN_BULK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x17000, 0x18CFF), (0x20000, 0x3FFFF))
PRIVATE_OR_SURROGATE = ("Co", "Cs", "Cn")


def _filled(draw: random.Random) -> str:
    pick = draw.choice
    return pick(TEMPLATES).format(
        subject=pick(SUBJECTS), subject2=pick(SUBJECTS), subject_upper=pick(SUBJECTS).upper(), people=pick(PEOPLE),
        tag=pick(TAGS), tag2=pick(TAGS), tag_joined="#" + "".join(word.capitalize() for word in pick(SUBJECTS).split()) + pick(
            ("", "chat", "Chat", "ED", "2021", "_", "K12", "Teachers")),
        emoji=pick(EMOJI), handle=pick(HANDLES), link=pick(LINKS), entity=pick(ENTITIES), word=pick(WORDS), word2=pick(WORDS),
        word3=pick(WORDS), apostrophe=pick(("'", "’", "ʼ", "‘", "`")))


def _long_runs() -> Iterator[str]:
    """Around the length at which a token is cut."""
    for unit in ("a", "é", "e\u0301", "\u0301", "数", "ﷺ", "a'", "A1", "_", "ש", "か\u3099", "😀", "\u00ad"):
        for count in (1, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129, 200):
            yield unit * count
            yield f"#{unit * count} {unit * count}@x"


def _code_points() -> list[str]:
    """All that are assigned, but for the great blocks of ideographs: one in 97 of those."""
    found = []
    for value in range(1, 0x110000):
        if unicodedata.category(chr(value)) in PRIVATE_OR_SURROGATE:
            continue
        if value % 97 and any(first <= value <= last for first, last in IDEOGRAPHS_IN_BULK):
            continue
        found.append(chr(value))
    return found


def texts() -> Iterator[str]:
    yield ""
    for item in (*SUBJECTS, *PEOPLE, *TAGS, *EMOJI, *HANDLES, *LINKS, *ENTITIES, *WORDS):
        yield item
    draw = random.Random(4)
    for _ in range(5000):
        yield _filled(draw)
    yield from _long_runs()
    every = _code_points()
    for begin in range(0, len(every), 24):
        yield "".join(f"a{c}b " for c in every[begin:begin + 24])
    for _ in range(1500):
        yield "".join(draw.choice(every) for _ in range(draw.randrange(1, 24)))
    signs = "#＃@＠&;_'’ʼ.:/ \"-aZ9é学ｶ👍\u200d\ufe0f🇩ﷺ\u0301"
    for _ in range(1500):
        yield "".join(draw.choice(signs) for _ in range(draw.randrange(1, 40)))
    for _ in range(500):
        tag = "".join(draw.choice(("A", "b", "Ab", "chat", "CHAT", "ed", "1", "22", "_", "é", "É", "e\u0301", "数", "math", "Teachers"))
                      for _ in range(draw.randrange(1, 9)))
        yield f"#{tag}"


def small_vocabulary() -> list[str]:
    """Some words whole, more by pieces, letters of a few scripts, tags and emoji: every way through the rules."""
    words = {word.lower() for phrase in (*SUBJECTS, *PEOPLE) for word in phrase.split() if word.isalnum()}
    pieces = sorted(words)[::2]
    pieces += "how do you teach to today and what like it isnt dont well e école über strasse field math ngss chat é".split()
    pieces += [f"##{end}" for end in "ing s er ers ed chat tion ology math é ο σ ات ים".split()]
    for letters in ("abcdefghijklmnoprstuvwxyz0123456789", "αβγδεηικλνορσ", "абвгеийкорсу", "אהומישל", "اسلمعي"):
        pieces += list(letters) + [f"##{letter}" for letter in letters]
    pieces += "#ngsschat #mathchat #edchat #k12 #éducation #数学 #schule_bayern #stem #field 👍 ❤ 🇩🇪 📚 ☀ 😀 👩".split()
    return list(dict.fromkeys(pieces))
