"""The lenient parser: what a clerk typed -> Parsed(query, notes). It never raises and never recurses.

Three steps: clean and cut the text, split it into tokens, fold the tokens into a tree on an explicit stack. ``and``
binds tighter than ``or``. The surprise: what cannot be used is not refused but left out, and every note carries the
query as understood, rendered back into text, so that one click asks for exactly what was searched, without the note.
"""

import unicodedata
from dataclasses import dataclass, field, replace

from search_app.query.field_values import make_leaf
from search_app.query.lexer import Kind, Token, split_tokens
from search_app.query.nodes import (
    MAX_NESTING,
    MAX_OPERATORS,
    MAX_QUERY,
    MAX_TERMS,
    AllOf,
    AnyOf,
    Node,
    Not,
    Parsed,
)
from search_app.query.notes import Note, NoteKind
from search_app.query.to_text import to_text


def parse(text: str) -> Parsed:
    """Understand what a clerk typed; never raises, takes time linear in the length of the text."""
    cleaned = _clean(text)
    notes: list[Note] = []
    cut = len(cleaned) > MAX_QUERY
    if cut:
        notes.append(Note(kind=NoteKind.TOO_LONG, message=f"检索词太长，只用了前 {MAX_QUERY} 个字。"))
        cleaned = cleaned[:MAX_QUERY].rstrip()
    found = split_tokens(cleaned)
    kept, trimmed = _within_limits(found.tokens)
    notes.extend(trimmed)
    folding = _Folding(cut=cut or bool(trimmed))
    for token in kept:
        folding.take(token)
    query = folding.finish()
    notes.extend(note for note in found.notes if not (cut and note.kind is NoteKind.UNBALANCED_QUOTE))
    notes.extend(folding.notes)
    return Parsed(query=query, notes=_with_repair(notes, query))


def _clean(text: str) -> str:
    """Return the text without what cannot be seen: NUL, bidi overrides, zero-width characters, lone surrogates."""
    if text.isprintable():  # nearly always: neither such signs nor white space but the blank
        return text.strip()
    kept = []
    for char in text:
        if char.isspace():
            kept.append(" ")
        elif unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"}:
            kept.append(char)
    return "".join(kept).strip()


def _within_limits(found: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Note, ...]]:
    """Return the tokens up to the first that is one too many."""
    operators = terms = 0
    for at, token in enumerate(found):
        operators += token.kind in (Kind.OR, Kind.NOT)
        terms += token.kind in (Kind.WORD, Kind.PHRASE)
        if operators > MAX_OPERATORS:
            message = f"“或”和“不含”太多，只用了前 {MAX_OPERATORS} 个，后面的没有检索。"
            return found[:at], (Note(kind=NoteKind.TOO_MANY_OPERATORS, message=message),)
        if terms > MAX_TERMS:
            message = f"检索词太多，只用了前 {MAX_TERMS} 个，后面的没有检索。"
            return found[:at], (Note(kind=NoteKind.TOO_MANY_TERMS, message=message),)
    return found, ()


def _with_repair(notes: list[Note], query: Node | None) -> tuple[Note, ...]:
    """Give each note that has none the query as understood, where it is short enough to be asked; drop repeats."""
    if not notes:
        return ()
    repaired = to_text(query) if query is not None else None
    if repaired is not None and len(repaired) > MAX_QUERY:
        repaired = None
    return tuple(dict.fromkeys(note if note.query else replace(note, query=repaired) for note in notes))


@dataclass(slots=True)
class _Group:
    """An open parenthesis: the alternatives finished so far, the one being read, and what waits for its operand."""

    done: list[Node] = field(default_factory=list)
    current: list[Node] = field(default_factory=list)
    negated: bool = False
    dangling_not: bool = False
    waiting_or: bool = False
    prefix: str | None = None
    negate_result: bool = False


class _Folding:
    """Folds tokens into a tree, one by one; ``finish`` closes what is open."""

    def __init__(self, *, cut: bool) -> None:
        self._stack = [_Group()]
        self._ignored_opens = 0
        self._cut = cut
        self.notes: list[Note] = []

    def take(self, token: Token) -> None:
        """Add one token."""
        top = self._stack[-1]
        match token.kind:
            case Kind.WORD | Kind.PHRASE:
                node, note = make_leaf(token, prefix=token.prefix or top.prefix)
                if note is not None:
                    self.notes.append(note)
                self._add(node)
            case Kind.NOT:
                top.negated = not top.negated
                top.dangling_not = True
            case Kind.OR:
                self._or(top)
            case Kind.OPEN:
                self._open(token)
            case Kind.CLOSE:
                self._close()

    def finish(self) -> Node | None:
        """Close every open parenthesis and return the tree."""
        if (len(self._stack) > 1 or self._ignored_opens) and not self._cut:
            self._note(NoteKind.UNBALANCED_PARENTHESIS, "括号没有配对，已补上右括号。")
        while len(self._stack) > 1:
            self._collapse()
        return self._result(self._stack.pop())

    def _add(self, node: Node) -> None:
        top = self._stack[-1]
        top.current.append(_negation(node) if top.negated else node)
        top.negated = top.dangling_not = top.waiting_or = False

    def _or(self, top: _Group) -> None:
        if top.dangling_not or not top.current:
            self._dangling("或")
            return
        top.done.append(_all_of(top.current))
        top.current = []
        top.waiting_or = True

    def _open(self, token: Token) -> None:
        if len(self._stack) > MAX_NESTING:
            self._ignored_opens += 1
            self._note(NoteKind.TOO_DEEP, f"括号套得太深，第 {MAX_NESTING} 层以内的括号有效，其余未用。")
            return
        top = self._stack[-1]
        group = _Group(prefix=token.prefix or top.prefix, negate_result=top.negated)
        top.negated = top.dangling_not = False
        self._stack.append(group)

    def _close(self) -> None:
        if self._ignored_opens:
            self._ignored_opens -= 1
        elif len(self._stack) == 1:
            self._note(NoteKind.UNBALANCED_PARENTHESIS, "右括号多了，多出的未用。")
        else:
            self._collapse()

    def _collapse(self) -> None:
        group = self._stack.pop()
        node = self._result(group)
        if node is None:
            self._note(NoteKind.IGNORED, "括号里没有可检索的内容，未用。")
            return
        self._stack[-1].negated = group.negate_result
        self._add(node)

    def _result(self, group: _Group) -> Node | None:
        if group.dangling_not:
            self._dangling("不含")
        if group.waiting_or:
            self._dangling("或")
        branches = [*group.done, *([_all_of(group.current)] if group.current else [])]
        return _any_of(branches) if branches else None

    def _dangling(self, sign: str) -> None:
        if not self._cut:
            self._note(NoteKind.DANGLING_OPERATOR, f"“{sign}”的前面或后面缺少检索词，这个“{sign}”未用。")

    def _note(self, kind: NoteKind, message: str) -> None:
        self.notes.append(Note(kind=kind, message=message))


def _negation(node: Node) -> Node:
    return node.child if isinstance(node, Not) else Not(child=node)


def _all_of(nodes: list[Node]) -> Node:
    flat = [child for node in nodes for child in (node.children if isinstance(node, AllOf) else (node,))]
    return flat[0] if len(flat) == 1 else AllOf(children=tuple(flat))


def _any_of(nodes: list[Node]) -> Node:
    flat = [child for node in nodes for child in (node.children if isinstance(node, AnyOf) else (node,))]
    return flat[0] if len(flat) == 1 else AnyOf(children=tuple(flat))
