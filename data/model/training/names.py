"""Other names for the entities of a training article, so that relationships are learnt from constructions and not from names.

A donor is an entity of another train article with the same type, language and forms: a full name stays a full name, an acronym
an acronym; in French a form also keeps its article's class (le, la, les, l', none) and whether it begins with a vowel.
"""

import itertools
import re
import unicodedata

SWAPPED = {"Person", "Organization", "PublicBody", "ThreatGroup", "MediaOutlet", "Platform", "Country", "Place", "CyberTool", "Account"}
BEFORE = re.compile(r"([^\W\d_]+['’]?)\s*$")
CLASSES = {"la": "f", "le": "m", "du": "m", "au": "m", "les": "p", "des": "p", "aux": "p", "l'": "e", "en": "f", "the": "t"}
FULL_REPLACEMENT = 0.3


def vowel(surface):
    """Whether French elides before it; h is a class of its own, since only the ear tells."""
    first = unicodedata.normalize("NFKD", surface)[:1].lower()
    return "v" if first in "aeiouyœæ" else "h" if first == "h" else "c"


def shape(surface):
    if surface.startswith("@"):
        return "handle"
    if re.fullmatch(r"[A-Z0-9][A-Z0-9.&-]{1,7}", surface):
        return "acronym"
    return "words" if " " in surface else "word"


def surfaces_of(article):
    """{entity: {surface: set of classes of the word before it}} of mentions by name."""
    out = {}
    for s in article["sentences"]:
        for m in s["mentions"]:
            if m["named"]:
                before = BEFORE.search(s["text"][:m["start"]])
                kind = CLASSES.get(before[1].lower().replace("’", "'")) if before else None
                out.setdefault(m["entity"], {}).setdefault(s["text"][m["start"]:m["end"]], set()).add(kind)
    return out


def forms_of(surfaces, lang):
    """{form: surface}, a form being (shape, class, vowel); None when two surfaces share one, or when one is a word in lower case."""
    out = {}
    for surface, kinds in surfaces.items():
        if not (surface[0].isupper() or surface[0] in "@0123456789"):
            return None
        kind = next((k for k in "fmpet" if k in kinds), "")
        form = (shape(surface), kind, vowel(surface) if lang == "fr" else "")
        if form in out:
            return None
        out[form] = surface
    return out


def person_of(surfaces):
    """(first names, surname) when all surfaces are one full name, its surname or its first name; first names "" for a lone word."""
    full = max(surfaces, key=len)
    parts = full.split()
    if len(parts) > 3 or any(not p[0].isupper() for p in parts):
        return None
    first, last = " ".join(parts[:-1]), parts[-1]
    return (first, last) if set(surfaces) <= {full, first, last} else None


class Names:
    """The names of the train articles, by what they can replace."""

    def __init__(self, articles):
        self.persons, self.others = {}, {}
        for a in articles:
            for entity, surfaces in surfaces_of(a).items():
                kind = a["entities"][entity]["type"]
                if kind == "Person":
                    person = person_of(surfaces)
                    if person:
                        first, last = person
                        self.persons.setdefault((a["lang"], vowel(last)), []).append((a["id"], first, last))
                elif kind in SWAPPED:
                    forms = forms_of(surfaces, a["lang"])
                    for n in range(1, min(3, len(forms or ())) + 1):
                        for part in itertools.combinations(sorted(forms), n):
                            self.others.setdefault((a["lang"], kind, part), []).append((a["id"], {f: forms[f] for f in part}))

    def replacement(self, article, entity, surfaces, rng):
        """{surface: new surface} for one entity, {} when no donor fits."""
        kind, lang = article["entities"][entity]["type"], article["lang"]
        if kind == "Person":
            person = person_of(surfaces)
            donors = self.persons.get((lang, vowel(person[1])), []) if person else []
            if not donors:
                return {}
            first, last = person
            source, given, surname = rng.choice(donors)
            if source == article["id"]:
                return {}
            if not (given and first and vowel(given) == vowel(first) and rng.random() < FULL_REPLACEMENT):
                given = first
            new = {last: surname}
            if first:
                new |= {first: given, f"{first} {last}": f"{given} {surname}"}
            return {s: new[s] for s in surfaces}
        forms = forms_of(surfaces, lang) if kind in SWAPPED else None
        donors = self.others.get((lang, kind, tuple(sorted(forms))), []) if forms else []
        if not donors:
            return {}
        source, donor = rng.choice(donors)
        return {} if source == article["id"] else {surface: donor[form] for form, surface in forms.items()}

    def swapped(self, article, rng, share=0.7):
        """The article with the names of about `share` of its entities replaced, the same one everywhere; the rest is untouched."""
        new = {e: self.replacement(article, e, s, rng) for e, s in surfaces_of(article).items() if rng.random() < share}
        out = {k: v for k, v in article.items() if k != "tokenised"}
        out["sentences"] = []
        for s in article["sentences"]:
            text, mentions, last = "", [], 0
            for m in sorted(s["mentions"], key=lambda m: m["start"]):
                text += s["text"][last:m["start"]]
                surface = s["text"][m["start"]:m["end"]]
                start = len(text)
                text += new.get(m["entity"], {}).get(surface, surface) if m["named"] else surface
                mentions.append({**m, "start": start, "end": len(text)})
                last = m["end"]
            out["sentences"].append({**s, "text": text + s["text"][last:], "mentions": mentions})
        return out
