"""Objects and phrases that the parsers hung on the wrong word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.raws import Words

if TYPE_CHECKING:
    from kg.extract.raws import Raw

BESIDE = 3  # words between a verb and its clitics
MOVABLE = ("obl", "obj", "xcomp", "acl", "advcl", "appos")  # roles of what may hang on the wrong noun


class Objects(Words):
    """Gives verbs the objects and phrases that belong to them."""

    def partitives(self) -> None:
        """*préparer de nouvelles sanctions*, *n'a pas livré de missiles*: an object, not a phrase with *de*."""
        for w in self.in_role("obl"):
            head = self._negated_verb(w)
            if head.pos != "VERB" or head.i > w.i or self.kids(head.i, "obj"):
                continue
            cases = [k for k in self.kids(w.i, "case") if k.low in self.grammar.words["partitives"]]
            plural = [k for k in self.kids(w.i, "case") if k.low in self.grammar.words["plural_articles"]]
            if (
                plural
                and not w.name
                and head.lemma not in self.grammar.words["verbs_with_de"]
                and not self.is_reflexive(head)
            ):
                w.role, w.prep, plural[-1].role = "obj", "", "det"
                continue
            some = cases and not w.name and head.lemma in self.grammar.words["partitive_verbs"]  # *de l'uranium*
            before_adjective = cases and cases[-1].i + 1 < w.i and self.raws[cases[-1].i + 1].role == "amod"
            negated = any(k.low in self.grammar.words["negators"] for k in self.kids(head.i, "advmod"))
            if cases and (before_adjective or negated or some):
                w.role, w.prep = "obj", ""
                cases[-1].role = "det"

    def _negated_verb(self, w: Raw) -> Raw:
        """*ne livre plus d'armes*: what hangs on the negation belongs to its verb."""
        head = self.raws[w.head]
        verb = self.raws[head.head]
        if head.low in self.grammar.words["negators"] and verb.pos == "VERB":
            partners = self.grammar.words["negation_partners"]
            w.head = verb.i if any(k.low in partners for k in self.kids(verb.i, "advmod")) else w.head
        return self.raws[w.head]

    def is_reflexive(self, verb: Raw) -> bool:
        """Does a verb carry a reflexive pronoun?"""
        return any(k.low in self.grammar.words["reflexive_clitics"] for k in self.kids(verb.i))

    def approximate_objects(self) -> None:
        """*achète près de la moitié du gaz*, *a tiré plus de 600 obus*: so much of something is an object."""
        words = self.grammar.words
        for w in self.in_role("obl"):
            verb = self.raws[w.head]
            about = w.prep in words["approximators"] and w.pos == "NOUN"
            counted = about and (w.lemma in words["quantities"] or bool(self.kids(w.i, "nummod")))
            if counted and verb.pos == "VERB" and verb.i < w.i and not self.kids(verb.i, "obj"):
                w.role, w.prep = "obj", ""

    def only_objects(self) -> None:
        """*n'a visé que les camps de X*: behind *ne … que* stands the object."""
        partners = self.grammar.words["negation_partners"]
        for that in self.raws[1:-1]:
            verb = self.raws[that.i - 1]
            only = that.low in self.grammar.words["that"] and verb.pos == "VERB" and not self.kids(verb.i, "obj")
            small = {k.low for k in self.kids(verb.i, "advmod")} if only else set()
            if not small & partners or small & self.grammar.words["negators"]:
                continue
            noun = next((k for k in self.raws[that.i + 1 : that.i + 4] if k.pos not in ("DET", "NUM", "ADJ")), None)
            if noun is not None and noun.pos in ("NOUN", "PROPN"):
                noun.head, noun.role, noun.prep = verb.i, "obj", ""
                that.head, that.role = noun.i, "case"

    def counted(self) -> None:
        """*quatre cents policiers kényans*: what is counted is the head, not its number."""
        for w in self.raws[:-1]:
            noun = self.raws[w.i + 1]
            number = w.low in self.grammar.words["numerals"] and noun.head == w.i and noun.pos == "NOUN"
            if not number or noun.role not in ("amod", "flat", "appos", "obl", "nummod"):
                continue
            noun.head, noun.role = (w.head, w.role) if w.head != w.i else (noun.i, "root")
            for k in self.kids(w.i):
                k.head = noun.i
            w.head, w.role, w.pos = noun.i, "nummod", "NUM"

    def phrases_of_asides(self) -> None:
        """*De passage à Hanoï, X a averti*: a phrase straight behind the noun of an aside belongs to it."""
        nouns = self.grammar.words["purpose_nouns"]
        for w in self.in_role("obl"):
            verb = self.raws[w.head]
            if not w.prep or verb.pos != "VERB" or verb.i <= w.i:
                continue
            first = min([w.i, *(k.i for k in self.kids(w.i, "case", "det"))])
            noun = self.raws[first - 1] if first else w
            beside = noun.head == verb.i and noun.role == "obl" and noun.lemma in nouns and bool(noun.prep)
            if beside and noun.i < w.i:
                w.head = noun.i

    def far_objects(self) -> None:
        """*livrer à l'armée russe des obus*: goods behind the recipient are what is delivered, not part of it."""
        for w in self.in_role("obl"):
            if w.pos != "NOUN":
                continue
            phrase = self.raws[w.head]
            verb = self.raws[phrase.head]
            cases = [k for k in self.kids(w.i, "case") if k.low in self.grammar.words["plural_articles"]]
            behind = cases and phrase.role == "obl" and phrase.i < w.i
            giver = phrase.pos == "PROPN" and phrase.prep == self.grammar["prepositions"]["possessive"]
            recipient = giver or phrase.prep == self.grammar["prepositions"]["dative"]
            if (
                not behind
                or not recipient
                or verb.pos != "VERB"
                or verb.i > phrase.i
                or self.kids(verb.i, "obj")
                or verb.passive
            ):
                continue
            if verb.lemma not in self.grammar.words["verbs_with_de"] and not self.is_reflexive(verb):
                w.head, w.role, w.prep, cases[-1].role = verb.i, "obj", "", "det"

    def flat_objects(self) -> None:
        """*Paris a critiqué Kigali*: a name straight behind a verb is no part of the verb."""
        for w in self.raws[1:]:
            verb = self.raws[w.i - 1]
            lone = w.role == "flat" and w.head == verb.i and w.name.startswith("B-") and verb.pos == "VERB"
            if lone and not verb.name and not verb.passive and not self.kids(verb.i, "obj"):
                w.role = "obj"

    def bare_objects(self) -> None:
        """*mis en garde Pékin*, *condamnent à leur tour les exercices*: a phrase without preposition is the object."""
        for w in self.in_role("obl", "dep"):
            phrase = self.raws[w.head]
            verb = self.raws[phrase.head]
            loose = w.role == "obl" or (w.role == "dep" and w.pos == "NOUN")
            lone = loose and not w.prep and w.i > phrase.i and (w.pos == "PROPN" or self._with_article(w))
            articled = w.pos == "PROPN" and bool(self.kids(w.i, "det"))  # *condamnent à leur tour la Russie*
            if lone and phrase.role == "obl" and verb.pos == "VERB" and not self.kids(verb.i, "obj"):
                w.head, w.role = verb.i, "obj"
            elif lone and articled and phrase.role == "obj" and verb.pos == "VERB" and verb.i < phrase.i:
                w.head, w.role = verb.i, "obj"  # *pointe du doigt la Russie*
            elif lone and phrase.pos == "VERB" and not self.kids(phrase.i, "obj"):
                near = w.name and w.i - phrase.i <= BESIDE
                w.role = "obj" if near or articled or self._with_article(w) else w.role  # *a financé le Hezbollah*

    def _with_article(self, w: Raw) -> bool:
        """A common noun with an article that is no time of day or year (*la semaine dernière*)."""
        return w.pos == "NOUN" and w.lemma not in self.grammar.words["time_nouns"] and bool(self.kids(w.i, "det"))

    def inserted_phrases(self) -> None:
        """*a rencontré mercredi, dans un palais de Riyad, Ahmed Al-Charaa*: an object behind an insertion."""
        for w in self.in_role("appos"):
            phrase = self.raws[w.head]
            verb = self.raws[phrase.head]
            if not w.name or w.i < 1 or self.raws[w.i - 1].text != "," or phrase.role != "obl":
                continue
            first = min([phrase.i, *(k.i for k in self.kids(phrase.i, "case", "det") if k.i < phrase.i)])
            inserted = phrase.prep and self.raws[first - 1].text == ","
            if inserted and verb.pos == "VERB" and not verb.passive and not self.kids(verb.i, "obj"):
                w.head, w.role = verb.i, "obj"

    def hosts_of_nothing(self) -> None:
        """*a imposé lundi des sanctions à X*, *condamne à son tour Y*: nothing hangs on a time or on an adverbial."""
        for w in self.in_role(*MOVABLE):
            host, verb = self.raws[w.head], self.raws[self.raws[w.head].head]
            astray = w.i > host.i and w.pos in ("NOUN", "PROPN", "VERB")
            if not astray or not self._holds_nothing(host) or self._holds_nothing(w):
                continue
            if verb.pos not in ("VERB", "AUX") or verb.i == host.i:
                continue
            w.head = verb.i
            host.role = "obl" if host.role == "obj" else host.role
            article = [k for k in self.kids(w.i, "case") if k.low in self.grammar.words["plural_articles"]]
            if article and w.pos == "NOUN" and not self.kids(verb.i, "obj") and not verb.passive:
                w.role, w.prep, article[-1].role = "obj", "", "det"

    def _holds_nothing(self, w: Raw) -> bool:
        """A bare time (*lundi*) or the noun of an adverbial (*en retour*)."""
        loose = w.role in ("obl", "obj", "dep", "advmod")
        adverbial = bool(w.prep) and w.lemma in self.grammar.words["adverbial_nouns"]
        return loose and (adverbial or w.lemma.casefold() in self.grammar.words["time_nouns"])

    def coordinating_prepositions(self) -> None:
        """*la suspension de X, ainsi que des sanctions contre Y*: one more object, or subject."""
        for w in self.raws:
            verb = self.raws[w.head]
            if w.prep not in self.grammar.words["coordinating"] or verb.pos != "VERB":
                continue
            ends = [k for k in self.kids(verb.i, "obj", "subj") if k.i < w.i and k.pos in ("NOUN", "PROPN")]
            if ends:
                w.head, w.role, w.prep = ends[-1].i, "conj", ""

    def companions(self) -> None:
        """*Qatar, together with Egypt, condemned Israel*: whoever is named between commas beside the subject."""
        words = self.grammar.words["joining"]
        for w in self.in_role("obl"):
            subject = self.raws[w.head]
            beside = w.pos == "PROPN" == subject.pos and subject.role == "subj" and subject.i < w.i
            first = next(iter(self.kids(w.i, "case")), None) if beside else None
            if first and first.low in words and self.raws[first.i - 1].text == ",":
                w.role, w.prep = "conj", ""

    def causatives(self) -> None:
        """*a fait assassiner X*: the phrase behind the infinitive is its object."""
        for w in self.in_role("xcomp"):
            make = self.raws[w.head]
            if make.lemma not in self.grammar.words["causatives"] or self.kids(w.i, "obj"):
                continue
            behind = [k for k in self.kids(make.i, "subj", "obj") if k.i > w.i and not k.prep]
            if behind and w.i - make.i <= BESIDE:
                behind[0].head, behind[0].role, make.pos = w.i, "obj", "VERB"

    def apposed_objects(self) -> None:
        """*a accusé la filiale d'Al-Qaïda, le JNIM, d'avoir …*: a name between commas is no second object."""
        for w in self.raws:
            objects = self.kids(w.i, "obj") if w.pos == "VERB" else []
            for noun, name in pairwise(objects):
                first = min([name.i, *(k.i for k in self.kids(name.i, "det"))])
                last = max([name.i, *(k.i for k in self.kids(name.i, "flat", "amod"))])
                apart = self.raws[first - 1].text == "," == self.raws[min(last + 1, len(self.raws) - 1)].text
                if noun.pos == "NOUN" and name.name and apart and w.i < noun.i and not self.kids(name.i, "cc"):
                    name.head, name.role = noun.i, "appos"

    def gerunds(self) -> None:
        """*denied having supplied missiles*, *admitted arming rebels*: the deed is denied, no sort of missiles."""
        for w in self.in_role("amod", "compound"):
            noun = self.raws[w.head]
            verb = self.raws[noun.head]
            if noun.role != "obj" or not verb.i < w.i < noun.i:
                continue
            first = min([w.i, *(k.i for k in self.kids(w.i, "aux", "advmod"))])
            doing = w.low.endswith("ing") or any(k.low in self.grammar.words["having"] for k in self.kids(w.i, "aux"))
            if verb.i == first - 1 and doing and verb.lemma in self.grammar.words["gerund_takers"]:
                self._done(w, noun, verb, "xcomp", verb.i)
            elif verb.i == w.i - 1 and verb.low in self.grammar.words["having"]:
                self._done(w, noun, verb, verb.role, verb.head)
                verb.pos, verb.role, verb.head = "AUX", "aux", w.i

    def _done(self, w: Raw, noun: Raw, verb: Raw, role: str, head: int) -> None:
        """Make a verb of what stood by a noun, with the noun as its object and the phrases behind."""
        w.pos, w.role, w.head, noun.head = "VERB", role, head, w.i
        for k in self.kids(verb.i, "obl"):
            if k.i > noun.i:
                k.head = w.i
