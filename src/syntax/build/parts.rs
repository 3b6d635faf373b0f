//! Reading the parts of one pest pair in order.

use pest::iterators::{Pair, Pairs};

use crate::{
    source::Span,
    syntax::{
        draft::Draft,
        grammar::Rule,
        tree::{At, Broken, Label, Name},
        words::{self, Word},
    },
};

/// A pest pair and the draft that it was read from.
#[derive(Clone)]
pub(super) struct Node<'i> {
    pair: Pair<'i, Rule>,
    draft: &'i Draft<'i>,
    /// What it is a part of.
    within: Rule,
    /// The part before it.
    before: Option<Before>,
}

/// A part that stands before another.
#[derive(Clone, Copy)]
struct Before {
    span: Span,
    bad: bool,
}

impl<'i> Node<'i> {
    pub(super) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    pub(super) fn text(&self) -> &'i str {
        self.pair.as_str()
    }

    /// Where it is in the draft.
    pub(super) fn in_draft(&self) -> Span {
        Span::new(self.pair.as_span().start(), self.pair.as_span().end())
    }

    /// Where it is in the file, without the space that pest counts to it when its last part is optional and missing.
    pub(super) fn span(&self) -> Span {
        let last = Pairs::single(self.pair.clone()).flatten().next_back();
        let end = last.map_or(self.pair.as_span().end(), |last| last.as_span().end());
        self.draft.span(self.pair.as_span().start(), end)
    }

    pub(super) fn parts(self) -> Parts<'i> {
        let rule = self.rule();
        Parts::of(self.pair.into_inner(), rule, self.draft)
    }

    fn is_bad(&self) -> bool {
        matches!(self.rule(), Rule::bad_item | Rule::bad_statement | Rule::bad_row)
    }

    /// Whether it is a statement or row of a block, and not a part of what opens the block.
    fn is_whole(&self) -> bool {
        let opens = matches!(
            (self.rule(), self.within),
            (Rule::name | Rule::string | Rule::need | Rule::item_need | Rule::item_option, _)
                | (Rule::validity, Rule::code)
        );
        Word::of(self.rule()) != Word::Hidden && !opens || self.is_bad()
    }

    /// Where to begin to read a bad piece again: it may go on from what stands before it.
    pub(super) fn before(&self) -> usize {
        let before = self.before.filter(|before| self.is_bad() && !before.bad);
        before.map_or(self.in_draft().start, |before| before.span.start)
    }

    /// Whether it is the rest of a bad piece: on the same line, or on a later line and further in.
    pub(super) fn continues_bad(&self) -> bool {
        let Some(before) = self.before.filter(|before| before.bad) else { return false };
        let text = &self.draft.text;
        let start = self.in_draft().start;
        let between = text.get(before.span.end..start).unwrap_or_default();
        let indent =
            |at: usize| text.get(..at).map_or(0, |text| at - text.rfind('\n').map_or(0, |newline| newline + 1));
        !between.contains('\n') || indent(start) > indent(before.span.start)
    }

    /// The rule that a bad piece is read again with.
    pub(super) fn rereads(&self) -> Rule {
        match (self.rule(), self.within) {
            (Rule::bad_template_open, _) => Rule::template_open,
            (Rule::bad_pathway_open, _) => Rule::pathway_open,
            (Rule::bad_indicator_open, _) => Rule::indicator_open,
            (Rule::bad_limits_open, _) => Rule::limits_open,
            (Rule::bad_variant_open, _) => Rule::variant_open,
            (Rule::bad_phase_open, _) => Rule::phase_open,
            (Rule::bad_criteria_open, _) => Rule::criteria_open,
            (Rule::bad_list_open, _) => Rule::list_open,
            (Rule::bad_routes_open, _) => Rule::routes_open,
            (Rule::bad_example_open, _) => Rule::example_open,
            (_, Rule::template) => Rule::only_template,
            (_, Rule::pathway) => Rule::only_pathway,
            (_, Rule::variant) => Rule::only_variant,
            (_, Rule::phase) => Rule::only_phase,
            (_, Rule::code) => Rule::only_code,
            (_, Rule::source) => Rule::only_source,
            (_, Rule::indicator) => Rule::only_indicator,
            (_, Rule::limits) => Rule::only_limits,
            (_, Rule::criteria | Rule::nested) => Rule::only_criteria,
            (_, Rule::list | Rule::item) => Rule::only_list,
            (_, Rule::routes) => Rule::only_routes,
            (_, Rule::example) => Rule::only_example,
            _ => Rule::only_items,
        }
    }

    /// Whether one of the fixed words stands directly in it.
    pub(super) fn has(&self, keyword: Rule) -> bool {
        self.pair.clone().into_inner().any(|part| part.as_rule() == keyword)
    }

    /// How often a rule stands in it, however deep.
    pub(super) fn count(&self, rule: Rule) -> usize {
        self.pair.clone().into_inner().flatten().filter(|part| part.as_rule() == rule).count()
    }

    /// Its parts with the fixed words and marks.
    pub(super) fn all(self) -> impl Iterator<Item = Node<'i>> {
        let (draft, within) = (self.draft, self.rule());
        self.pair.into_inner().map(move |pair| Node { pair, draft, within, before: None })
    }

    /// The word as a name.
    pub(super) fn name(&self) -> Name {
        At { value: self.text().to_owned(), span: self.span() }
    }

    /// What is left of a piece that has its finding: the words of its first line that could be names.
    pub(super) fn broken(&self) -> Broken {
        let line = self.text().trim_start().lines().next().unwrap_or_default();
        let names = words::names_in(line).map(str::to_owned).collect();
        Broken { names, span: self.span() }
    }
}

/// The parts of a node without its fixed words and marks.
pub(super) struct Parts<'i> {
    pairs: Pairs<'i, Rule>,
    draft: &'i Draft<'i>,
    within: Rule,
    before: Option<Before>,
}

impl<'i> Parts<'i> {
    pub(super) fn of(pairs: Pairs<'i, Rule>, within: Rule, draft: &'i Draft<'i>) -> Self {
        Parts { pairs, draft, within, before: None }
    }

    pub(super) fn peek(&mut self) -> Option<Rule> {
        while Word::of(self.pairs.peek()?.as_rule()).is_fixed() {
            self.pairs.next();
        }
        self.pairs.peek().map(|pair| pair.as_rule())
    }

    /// The next part, if it is of this rule.
    pub(super) fn get(&mut self, rule: Rule) -> Option<Node<'i>> {
        if self.peek()? == rule { self.next() } else { None }
    }

    /// The next part, if it is of none of these rules.
    pub(super) fn next_unless(&mut self, rules: &[Rule]) -> Option<Node<'i>> {
        if rules.contains(&self.peek()?) { None } else { self.next() }
    }

    /// The parts of the next part, if it is of this rule.
    pub(super) fn enter(&mut self, rule: Rule) -> Option<Parts<'i>> {
        self.get(rule).map(Node::parts)
    }

    pub(super) fn name(&mut self) -> Option<Name> {
        self.get(Rule::name).map(|node| node.name())
    }

    /// `A, B, C`
    pub(super) fn names(&mut self) -> Option<Vec<Name>> {
        Some(self.enter(Rule::names)?.map(|node| node.name()).collect())
    }

    /// A text in quotes.
    pub(super) fn label(&mut self) -> Option<Label> {
        self.get(Rule::string).map(|node| At { value: node.text().trim_matches('"').to_owned(), span: node.span() })
    }

    /// The text in a part of its own: `utgiver "…"`.
    pub(super) fn label_in(&mut self, rule: Rule) -> Option<Label> {
        self.enter(rule)?.label()
    }
}

impl<'i> Iterator for Parts<'i> {
    type Item = Node<'i>;

    fn next(&mut self) -> Option<Node<'i>> {
        let pair = self.pairs.find(|pair| !Word::of(pair.as_rule()).is_fixed())?;
        let node = Node { pair, draft: self.draft, within: self.within, before: self.before };
        self.before = node.is_whole().then(|| Before { span: node.in_draft(), bad: node.is_bad() });
        Some(node)
    }
}
