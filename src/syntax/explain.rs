//! Why a piece could not be read: it is read again alone, to learn how far that goes, what was expected there, and which
//! small change lets it go on.

use pest::{Parser, error::ErrorVariant, error::InputLocation};

use super::{
    draft::Draft,
    expected::Expected,
    grammar::{ForlopParser, Rule},
    tokens::{token, token_before},
    words::{MEANT, is_keyword, is_statement, keywords},
};
use crate::{diagnostic::Code, lang::Text, source::Span, text};

/// What is wrong with a piece.
pub(super) struct Explanation {
    pub(super) code: Code,
    /// In the author's text.
    pub(super) span: Span,
    pub(super) message: Text,
    pub(super) help: Option<Text>,
    /// The change that lets the parser read on, in the author's text.
    pub(super) fix: Option<(Span, String)>,
}

/// The longest piece that is read again; the mistake in a longer one is near its start.
const LONGEST: usize = 4 * 1024;

/// How many words before a mistake may be what is wrong.
const NAMES: usize = 2;

/// Explains the piece at `bad`, which stands after what begins at `from` in the same block.
pub(super) fn explain(draft: &Draft, rule: Rule, from: usize, bad: Span) -> Explanation {
    let from = if bad.start - from > LONGEST / 4 { bad.start } else { from };
    let end = draft.text.floor_char_boundary(bad.end.min(from + LONGEST));
    let text = draft.text.get(from..end).unwrap_or_default().trim_end();
    Piece { draft, rule, from, text, bad: bad.start - from }.explain()
}

struct Piece<'a> {
    draft: &'a Draft<'a>,
    /// What is read.
    rule: Rule,
    /// Where it begins in the draft.
    from: usize,
    text: &'a str,
    /// Where in it the part begins that could not be read.
    bad: usize,
}

impl Piece<'_> {
    fn explain(&self) -> Explanation {
        let (at, expected) = match read(self.rule, self.text) {
            Err(reached) => reached,
            Ok(()) => (self.bad, Vec::new()),
        };
        let space = self.text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start().len());
        let at = at + space;
        let found = token(self.text, at);
        let before = token_before(self.text, at);
        let expected = Expected::of(&expected);
        if at == self.bad && is_statement(found) {
            return self.misplaced(at, found);
        }
        if let Some(explanation) = self.replaced(at, found, before, &expected) {
            return explanation;
        }
        if at == self.bad && expected.is_statement() && found.starts_with(char::is_alphabetic) {
            let message = text!("«{found}» er ikke et nøkkelord", "«{found}» is not a keyword");
            let (nb, en) = expected.statements();
            let help = text!("Her kan det stå {nb}.", "Here you can write {en}.");
            return self.found(Code::UnknownKeyword, at, found, message).help(help);
        }
        self.expected(at, found, before, &expected)
    }

    fn found(&self, code: Code, at: usize, found: &str, message: Text) -> Explanation {
        let start = self.from + at;
        let span = self.draft.span(start, start + found.len());
        Explanation { code, span, message, help: None, fix: None }
    }

    /// A statement that belongs in another block.
    fn misplaced(&self, at: usize, found: &str) -> Explanation {
        let places = [
            (Rule::only_items, "øverst i fila", "at the top of a file"),
            (Rule::only_template, "i en mal", "in a template"),
            (Rule::only_pathway, "i et pakkeforløp", "in a pathway"),
            (Rule::only_variant, "i en variant", "in a variant"),
            (Rule::only_phase, "i en fase", "in a phase"),
            (Rule::only_code, "i en kode", "in a code"),
        ];
        let fits = places.iter().filter(|(rule, ..)| read(*rule, found).map_or_else(|(reach, _)| reach > 0, |()| true));
        let (nb, en): (Vec<_>, Vec<_>) = fits.map(|(_, nb, en)| (*nb, *en)).unzip();
        let (nb, en) = (nb.join(" eller "), en.join(" or "));
        let message = text!("«{found}» kan ikke stå her", "«{found}» cannot stand here");
        self.found(Code::Syntax, at, found, message)
            .help(text!("«{found}» hører hjemme {nb}.", "«{found}» belongs {en}."))
    }

    /// The word that was found, or one before it, is another way to write what fits there.
    fn replaced(
        &self,
        at: usize,
        found: &str,
        before: Option<(usize, &str)>,
        expected: &Expected,
    ) -> Option<Explanation> {
        let doubled = before.is_some_and(|(_, word)| word == found) && is_keyword(found);
        if doubled && self.reach(at, found, "") > at {
            let message = text!("«{found}» står to ganger", "«{found}» is written twice");
            return Some(self.found(Code::Syntax, at, found, message).help(delete(found)).fix(String::new()));
        }
        for better in candidates(found) {
            let reach = self.reach(at, found, better);
            let reads_on = if better.is_empty() { reach == usize::MAX } else { reach >= at + better.len() };
            if reads_on {
                return Some(self.instead(at, found, better, expected));
            }
        }
        // A word before it may have been read as a name. What was found must then be read too.
        let words = std::iter::successors(before, |(start, _)| token_before(self.text, *start)).take(NAMES);
        words.filter(|(_, word)| !is_keyword(word)).find_map(|(start, word)| {
            let fits = |better: &&str| {
                !better.is_empty() && self.reach(start, word, better) > (at + better.len()).saturating_sub(word.len())
            };
            candidates(word).find(fits).map(|better| self.instead(start, word, better, expected))
        })
    }

    /// How far the piece reads with another word in one place; without limit if to its end.
    fn reach(&self, at: usize, word: &str, better: &str) -> usize {
        let (start, rest) = self.text.split_at_checked(at).unwrap_or_default();
        let text = [start, better, rest.strip_prefix(word).unwrap_or(rest)].concat();
        read(self.rule, &text).map_or_else(|(reach, _)| reach, |()| usize::MAX)
    }

    fn instead(&self, at: usize, word: &str, better: &str, expected: &Expected) -> Explanation {
        let is_word = word.starts_with(char::is_alphabetic);
        let is_number = better.starts_with(char::is_numeric);
        let help = match better {
            "" => delete(word),
            _ if is_word && !is_number => text!("Mente du «{better}»?", "Did you mean «{better}»?"),
            _ => text!("Skriv «{better}».", "Write «{better}»."),
        };
        let (code, message) = if is_number {
            (
                Code::BadNumber,
                text!("Tallet «{word}» er skrevet med bokstaver", "The number «{word}» is written in letters"),
            )
        } else if is_keyword(word) {
            (Code::Syntax, expected.but(word))
        } else if is_word {
            (Code::UnknownKeyword, text!("«{word}» er ikke et nøkkelord", "«{word}» is not a keyword"))
        } else {
            (Code::Syntax, text!("«{word}» kan ikke stå her", "«{word}» cannot stand here"))
        };
        self.found(code, at, word, message).help(help).fix(better.to_owned())
    }

    /// What was expected and what was found.
    fn expected(&self, at: usize, found: &str, before: Option<(usize, &str)>, expected: &Expected) -> Explanation {
        if found.is_empty() {
            let (start, word) = before.unwrap_or_default();
            return self.found(Code::Syntax, start, word, expected.after(word));
        }
        let mut explanation = self.found(Code::Syntax, at, found, expected.but(found));
        explanation.help = expected.help(found);
        for mark in expected.marks() {
            if self.reach(at, "", &format!("{mark} ")) == usize::MAX {
                explanation.help = Some(text!("Sett inn «{mark}» foran «{found}».", "Put «{mark}» before «{found}»."));
                explanation.fix = Some((Span::new(explanation.span.start, explanation.span.start), format!("{mark} ")));
                break;
            }
        }
        explanation
    }
}

impl Explanation {
    fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    fn fix(mut self, text: String) -> Self {
        self.fix = Some((self.span, text));
        self
    }
}

fn delete(word: &str) -> Text {
    text!("Slett «{word}».", "Delete «{word}».")
}

/// Reads a text with one rule; else how far that went and what was expected there.
fn read(rule: Rule, text: &str) -> Result<(), (usize, Vec<Rule>)> {
    let Err(error) = ForlopParser::parse(rule, text) else { return Ok(()) };
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    match error.variant {
        ErrorVariant::ParsingError { positives, .. } => Err((at, positives)),
        ErrorVariant::CustomError { .. } => Err((at, Vec::new())),
    }
}

/// What may be meant by a word, the likeliest first.
fn candidates(word: &str) -> impl Iterator<Item = &'static str> {
    let meant = MEANT.iter().filter(move |(other, _)| *other == word).map(|(_, better)| *better);
    let lower = word.to_lowercase();
    let length = word.chars().count();
    // Half of a short word may be another word.
    let far = if !word.starts_with(char::is_alphabetic) || length < 2 { 0 } else { 1 + length / 5 };
    let mut near: Vec<_> = keywords()
        .filter(|keyword| *keyword != word)
        .map(|keyword| (strsim::osa_distance(&lower, keyword), keyword))
        .filter(|(distance, keyword)| *distance <= far && keyword.len() > 1)
        .collect();
    near.sort();
    meant.chain(near.into_iter().map(|(_, keyword)| keyword))
}
