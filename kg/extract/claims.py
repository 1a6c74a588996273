"""Proposals in their context → claims, each with the passage it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.frames import Failure, Proposal
from kg.extract.offices import COUNTERPART
from kg.extract.times import time_of, times_in
from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Attribution, Claim, Mention, Passage, Rejected, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.context import Contexts
    from kg.extract.frames import Frames
    from kg.extract.mentions import Mentions
    from kg.extract.names import Title
    from kg.model import Article

SPEAKER = "speaker"  # the role of whoever says a clause
SAID = ("attr", "xcomp", "root", "comp")  # roles of what a clause says of somebody
DENIALS = 3  # sentences that *ces accusations* may look back

AHEAD = frozenset({"planned", "demanded", "possible"})  # what is still to come, if anything


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim whose offsets still count from the start of title and text together."""

    claim: Claim
    i: int
    steps: tuple[int, ...] = ()


class Assembly:
    """Makes the claims of one article."""

    def __init__(self, article: Article, frames: Frames, contexts: Contexts) -> None:
        self.article = article
        self.frames = frames
        self.contexts = contexts
        self.tree = frames.tree
        self.mentions: Mentions = frames.mentions
        self.times = times_in(self.tree, article.lang, article.date)
        self.rejected: list[Rejected] = []

    def claims(self) -> list[Claim]:
        """All claims in text order, each proposition once a sentence and speaker chain."""
        drafts: list[Draft] = []
        for result in self.frames.match():
            if isinstance(result, Failure):
                self._reject(result)
            else:
                drafts += self._drafts(result)
        drafts += [d for title in dict.fromkeys(self.mentions.title_at.values()) for d in self._office(title)]
        drafts += [self._held(title, holder, body) for title, holder, body in self.mentions.offices.named_after()]
        drafts += list(self._denials(drafts))
        drafts = _once(sorted(drafts, key=lambda d: (d.claim.cue.start, d.claim.subject.start, d.claim.object.start)))
        return [d.claim for d in _about(drafts)]

    def passage(self, i: int) -> Passage:
        """The sentence around a word, its dateline included."""
        n = self.tree.sentence_of[i]
        words = self.tree.sentences[n]
        first = self.tree.sentences[n - 1].start if words.start in self.tree.after_datelines else words.start
        start, end = self.tree.words[first].start, self.tree.words[words.stop - 1].end
        return Passage(self.article.id, "text", self.tree.text[start:end], start, end)

    def _reject(self, failure: Failure) -> None:
        word = self.tree.words[failure.i]
        cue = Span(word.text, word.start, word.end)
        self.rejected.append(Rejected(self.passage(failure.i), failure.frame.id, failure.reason, cue))

    def _drafts(self, proposal: Proposal) -> Iterator[Draft]:
        frame = proposal.frame
        context = self.contexts.read(proposal.i)
        if self._stands(proposal) or SPEAKER in frame.subject.roles:  # the duty is no mood of who utters it
            context.negative, context.modality, context.phase = False, "actual", "holds"
        if frame.modality:
            context.modality = frame.modality if context.modality == "actual" else context.modality
        negative = context.negative ^ (frame.polarity == "negative")
        phase = frame.phase if frame.phase and context.phase == "holds" else context.phase
        cue = self.contexts.cue(proposal.i) if self.tree.words[proposal.i].pos in VERBAL else proposal.cue
        time = time_of(proposal.i, self.tree, self.times, planned=context.modality in AHEAD)
        for subject, object_ in proposal.pairs:
            claim = Claim(
                self.article.id,
                self.article.lang,
                self.passage(proposal.i),
                subject,
                frame.relation,
                object_,
                cue,
                frame.id,
                proposal.theme,
                "negative" if negative ^ self.contexts.leaves_out(subject, object_) else "positive",
                context.modality,
                phase,
                context.attribution if SPEAKER not in frame.subject.roles else context.spoken_by_others(subject),
                time,
            )
            yield Draft(claim, proposal.i, tuple(s.i for s in context.steps))

    def _stands(self, proposal: Proposal) -> bool:
        """*did not free the American journalist X*: what somebody is holds whatever is said of them."""
        noun = self.tree.words[proposal.i].pos in NOMINAL and "bearer" in proposal.frame.subject.roles
        structure = self.mentions.ontology.relations[proposal.frame.relation].quad == "structure"
        said = self.contexts.clauses.predicate(proposal.i) is not None  # *X, which is not a member of Y*
        return noun and structure and not said and self.tree.words[proposal.i].role not in SAID

    def _office(self, title: Title) -> Iterator[Draft]:
        """*le président Volodymyr Zelensky*: the office makes its holder lead or represent a body."""
        yield from (self._held(title, holder, body) for holder, body in self.mentions.offices.pairs(title))

    def _held(self, title: Title, holder: Mention, body: Mention) -> Draft:
        """The claim that somebody holds an office, or takes or leaves it by the verb beside."""
        verb = self.mentions.offices.verb(title)
        context = self.contexts.read_standing(title.head) if verb is None else self.contexts.read(verb)
        first, last = self.tree.words[title.start], self.tree.words[title.end - 1]
        words = self.tree.text[first.start : last.end]
        phase = self.mentions.offices.phase(title)
        claim = Claim(
            self.article.id, self.article.lang, self.passage(title.head),
            holder, self._relation(title, holder, body), body, Span(words, first.start, last.end), title.office.id,
            Mention(self.mentions.actors.local(words), words, first.start, last.end, None, "theme"),
            "negative" if context.negative else "positive", context.modality, phase,
            context.attribution,
            time_of(verb, self.tree, self.times) if verb is not None and phase != "holds" else None,
        )  # fmt: skip
        return Draft(claim, title.head, tuple(s.i for s in context.steps))

    def _relation(self, title: Title, holder: Mention, body: Mention) -> str:
        """What an office makes of its holder; a counterpart does what the tables know."""
        if title.office.office != COUNTERPART:
            return title.office.relation
        known = self.mentions.actors.role_of(holder.entity.iri, body.entity.iri, self.article.date)
        return known or title.office.relation

    def _denials(self, drafts: list[Draft]) -> Iterator[Draft]:
        """*Téhéran dément ces accusations*: what the sentences before accused it of is denied anew."""
        for i, word in enumerate(self.tree.words):
            operator = self.contexts.clauses.operator(i) if word.pos in VERBAL else None
            if not operator or operator.stance != "denies" or self.contexts.is_negated(i):
                continue
            if any(i in d.steps for d in drafts) or not self._denies_saying(i):
                continue
            voice = self.contexts.voice(i, operator, "denies")
            yield from (d for d in self._denied(i, voice, drafts))

    def _denies_saying(self, i: int) -> bool:
        """Is what is denied a word of saying (*accusations*, *the claims*), a pronoun, or nothing at all?"""
        objects = self.contexts.clauses.objects(i)
        if not objects:
            return not self.tree.kids(i, "comp", "xcomp")
        return any(self._is_saying(k) for k in objects)

    def _is_saying(self, k: int) -> bool:
        operator = self.contexts.clauses.operator(k)
        return self.tree.words[k].pos == "PRON" or bool(operator and operator.stance)

    def _denied(self, i: int, voice: list[Attribution], drafts: list[Draft]) -> Iterator[Draft]:
        deniers = {b for a in voice for b in self._sides(a.speaker)}
        here = self.tree.sentence_of[i]
        charges = [d for d in drafts if d.i < i and self._is_charge(d.claim, deniers)]
        nearest = max((self.tree.sentence_of[d.i] for d in charges), default=-1)
        if here - nearest <= DENIALS:
            charges = [d for d in charges if self.tree.sentence_of[d.i] == nearest]
            yield from (Draft(self._deny(i, d.claim, voice), i, (i,)) for d in charges)

    def _is_charge(self, claim: Claim, deniers: set[str]) -> bool:
        """Does somebody else say that the deniers did it, or that it was done to them?"""
        deed = self.frames.ontology.relations[claim.relation].quad.startswith("material")
        sides = {claim.subject.entity.iri, claim.object.entity.iri}
        charged = bool(claim.attribution) and all(a.stance == "asserts" for a in claim.attribution)
        accusers = {s for a in claim.attribution for s in self._sides(a.speaker)}
        return deed and charged and bool(deniers & sides) and not deniers & accusers

    def _sides(self, mention: Mention) -> set[str]:
        return {mention.entity.iri, *(m.entity.iri for m in self.mentions.sides(mention))}

    def _deny(self, i: int, claim: Claim, voice: list[Attribution]) -> Claim:
        at = self.contexts.cue(i)

        def here(m: Mention) -> Mention:
            return Mention(m.entity, at.text, at.start, at.end, m.facet, "denial")

        theme = here(claim.theme) if claim.theme else None
        return replace(
            claim, passage=self.passage(i), subject=here(claim.subject), object=here(claim.object), theme=theme, cue=at,
            modality="actual", attribution=tuple(voice), time=None,
        )  # fmt: skip


def _once(drafts: list[Draft]) -> list[Draft]:
    """Within a sentence a proposition is written once for each speaker chain."""
    seen: dict[object, Draft] = {}
    for d in drafts:
        c = d.claim
        chain = tuple((a.speaker.entity.iri, a.stance, a.level) for a in c.attribution)
        theme = c.theme.entity.kind if c.theme else None
        key = (
            c.passage.start,
            c.subject.entity.iri,
            c.relation,
            c.object.entity.iri,
            c.polarity,
            c.modality,
            chain,
            theme,
        )
        seen.setdefault(key, d)
    found = list(seen.values())
    return [d for d in found if not any(_tells_more(o, d) for o in found)]


def _tells_more(one: Draft, other: Draft) -> bool:
    """*announced sanctions against X*, *gave money to X*: do noun and verb say the same, one with speaker or theme?"""
    a, b = one.claim, other.claim
    same = a.relation == b.relation and (a.subject.entity.iri, a.object.entity.iri) == (
        b.subject.entity.iri,
        b.object.entity.iri,
    )
    if same and one.i in other.steps and a.theme and not b.theme:
        return (a.polarity, a.modality, a.phase, a.attribution) == (b.polarity, b.modality, b.phase, b.attribution)
    return same and other.i in one.steps and bool(a.attribution) and not b.attribution


def _about(drafts: list[Draft]) -> list[Draft]:
    """What somebody is accused of, warned of, asked for: the claims below the same word."""
    found = []
    for d in drafts:
        about = tuple(o.claim.iri for o in drafts if o is not d and d.i in o.steps and o.i != d.i)
        found.append(replace(d, claim=replace(d.claim, about=about)))
    return found
