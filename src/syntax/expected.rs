//! What was expected, in words.

use super::{
    grammar::Rule,
    words::{Word, is_keyword, is_statement},
};
use crate::{lang::Text, text};

/// The most things that a message names.
const MOST: usize = 5;

/// What could have stood at a place, each once.
pub(super) struct Expected(Vec<Word>);

impl Expected {
    pub(super) fn of(rules: &[Rule]) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut add = |word: Word| {
            if !words.iter().any(|other| other.show() == word.show()) {
                words.push(word);
            }
        };
        for rule in rules {
            match Word::of(*rule) {
                Word::Hidden => {}
                Word::Statement("liste") => {
                    ["liste", "sjekkliste", "undersøkelser"].map(Word::Statement).into_iter().for_each(&mut add)
                }
                Word::Parts(parts) => parts.iter().map(|part| Word::Part(part)).for_each(&mut add),
                Word::Keyword(keyword) if is_statement(keyword) => add(Word::Statement(keyword)),
                word => add(word),
            }
        }
        Expected(words)
    }

    /// Whether nothing but a new statement can stand here.
    pub(super) fn is_statement(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|word| matches!(word, Word::Statement(_)))
    }

    /// All statements that can stand here.
    pub(super) fn statements(&self) -> (String, String) {
        let mut shown: Vec<_> = self.0.iter().map(|word| word.show()).collect();
        shown.sort();
        (join(shown.iter().map(|(nb, _)| nb), "eller"), join(shown.iter().map(|(_, en)| en), "or"))
    }

    /// Marks and words that may have been left out here.
    pub(super) fn marks(&self) -> impl Iterator<Item = &'static str> {
        let alone = self.0.len() == 1;
        self.0.iter().filter_map(move |word| match word {
            Word::Mark(mark) | Word::Part(mark) if matches!(*mark, "," | ":" | "=" | "+") => Some(*mark),
            Word::Keyword(word) if alone => Some(*word),
            _ => None,
        })
    }

    /// The sentence about what was found instead.
    pub(super) fn but(&self, found: &str) -> Text {
        let shown = shorten(found);
        let (kind_nb, kind_en) = if is_keyword(found) { ("nøkkelordet ", "the keyword ") } else { ("", "") };
        match self.list() {
            Some((nb, en)) => {
                text!("Ventet {nb}, men fant {kind_nb}«{shown}»", "Expected {en}, but found {kind_en}«{shown}»")
            }
            None => text!("«{shown}» kan ikke stå her", "«{shown}» cannot stand here"),
        }
    }

    /// The sentence when nothing more was found.
    pub(super) fn after(&self, last: &str) -> Text {
        let last = shorten(last);
        match self.list() {
            Some((nb, en)) => text!("Ventet {nb} etter «{last}»", "Expected {en} after «{last}»"),
            None => text!("Noe mangler etter «{last}»", "Something is missing after «{last}»"),
        }
    }

    /// The cure that what was expected and found suggests.
    pub(super) fn help(&self, found: &str) -> Option<Text> {
        let expects = |rule| self.0.contains(&Word::of(rule));
        let digit = found.starts_with(|c: char| c.is_numeric());
        Some(if expects(Rule::kept) {
            text!(
                "Skriv hva som telles av intervallet: «OF4 målt» i nevneren, «OF4 innenfor» i telleren.",
                "Write what is counted of the interval: «OF4 målt» in the denominator, «OF4 innenfor» in the numerator."
            )
        } else if expects(Rule::name) && is_keyword(found) {
            text!(
                "Et nøkkelord kan ikke være et navn. Velg et annet.",
                "A keyword cannot be a name. Choose another one."
            )
        } else if expects(Rule::date) && digit {
            text!("Skriv datoen slik: 2024-01-31.", "Write the date like this: 2024-01-31.")
        } else if expects(Rule::number) && found.starts_with(char::is_alphabetic) {
            text!("Skriv tallet med sifre.", "Write the number in digits.")
        } else if expects(Rule::limit_form) {
            text!(
                "Skriv for eksempel «14 kalenderdager», «minst 14 kalenderdager», «mellom 6 og 8 uker», «samme dag», «ikke tallfestet» eller «utledet».",
                "Write for example «14 kalenderdager», «minst 14 kalenderdager», «mellom 6 og 8 uker», «samme dag», «ikke tallfestet» or «utledet»."
            )
        } else if expects(Rule::rule_body) {
            text!(
                "Skriv for eksempel «A før B», «A utløser B», «høyst én av G», «nøyaktig én av G», «ingenting etter A» eller «aldri A sammen med B».",
                "Write for example «A før B», «A utløser B», «høyst én av G», «nøyaktig én av G», «ingenting etter A» or «aldri A sammen med B»."
            )
        } else if expects(Rule::fact_type) {
            text!(
                "Skriv «{{ verdi, verdi }}», «ja eller nei», «tall i cm», «dato» eller «hele år».",
                "Write «{{ value, value }}», «ja eller nei», «tall i cm», «dato» or «hele år»."
            )
        } else if expects(Rule::string) && found.starts_with(char::is_alphabetic) {
            text!("Skriv teksten mellom anførselstegn: \"…\".", "Write the text between quotation marks: \"…\".")
        } else {
            return None;
        })
    }

    /// The first of them in a row. New statements are left out where something else could have followed.
    fn list(&self) -> Option<(String, String)> {
        let other = self.0.iter().any(|word| !matches!(word, Word::Statement(_)));
        let named = self.0.iter().filter(|word| !other || !matches!(word, Word::Statement(_)));
        let shown: Vec<_> = named.take(MOST).map(|word| word.show()).collect();
        if shown.is_empty() {
            return None;
        }
        Some((join(shown.iter().map(|(nb, _)| nb), "eller"), join(shown.iter().map(|(_, en)| en), "or")))
    }
}

impl Word {
    fn show(self) -> (String, String) {
        match self {
            Word::Keyword(text) | Word::Mark(text) | Word::Statement(text) | Word::Part(text) => {
                (format!("«{text}»"), format!("«{text}»"))
            }
            Word::Thing(nb, en) => (nb.to_owned(), en.to_owned()),
            Word::Parts(_) | Word::Hidden => Default::default(),
        }
    }
}

/// `a, b eller c`
fn join<'a>(words: impl Iterator<Item = &'a String>, or: &str) -> String {
    let words: Vec<&str> = words.map(String::as_str).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// A text that fits in a sentence.
fn shorten(found: &str) -> String {
    match found.char_indices().nth(30) {
        Some((cut, _)) => format!("{}…", found.get(..cut).unwrap_or_default()),
        None => found.to_owned(),
    }
}
