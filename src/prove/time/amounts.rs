//! Amounts of time in Norwegian prose: «innen 14 dager», «høyst tre uker», «fristen er 30 kalenderdager».

use std::ops::Range;

use crate::tables::Unit;

/// What prose says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub number: u32,
    pub unit: SaidUnit,
    /// Number and unit.
    pub at: Range<usize>,
}

/// A unit as prose writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SaidUnit {
    /// «dager»: of some kind.
    Days,
    Calendar,
    /// «arbeidsdager» or «virkedager», which everyday language does not tell apart.
    Working,
    Weeks,
    Months,
}

/// What stands before an amount that is a limit, and not an age, a length or a difference.
const CUES: &[&[&str]] = &[
    &["innen"],
    &["innenfor"],
    &["høyst"],
    &["maks"],
    &["maksimalt"],
    &["maksimum"],
    &["inntil"],
    &["senest"],
    &["senest", "etter"],
    &["senest", "innen"],
    &["ikke", "mer", "enn"],
    &["ikke", "over"],
    &["frist", "på"],
    &["fristen", "på"],
    &["fristen", "er"],
    &["fristen", "er", "på"],
    &["frist", "er"],
];

/// All limits that the text states.
pub(super) fn said(text: &str) -> Vec<Said> {
    let words = words(text);
    let word = |at: usize| words.get(at).and_then(|span| text.get(span.clone())).unwrap_or_default().to_lowercase();
    let cued = |at: usize| {
        CUES.iter().any(|cue| {
            let start = at.checked_sub(cue.len());
            start.is_some_and(|start| cue.iter().enumerate().all(|(i, part)| word(start + i) == *part))
                // «innen 3–7 dager» and «innen 3, 4 dager» are no limits of one number.
                && words.get(at - 1..=at).is_some_and(|pair| is_gap(text, pair))
        })
    };
    let amount = |at: usize| {
        let span = words.get(at)?.start..words.get(at + 1)?.end;
        let (number, unit) = (number(&word(at))?, unit(&word(at + 1))?);
        (cued(at) && is_gap(text, words.get(at..at + 2)?)).then_some(Said { number, unit, at: span })
    };
    (0..words.len()).filter_map(amount).collect()
}

/// Whether only white space is between two words.
fn is_gap(text: &str, pair: &[Range<usize>]) -> bool {
    let [one, other] = pair else { return false };
    text.get(one.end..other.start).is_some_and(|gap| gap.trim().is_empty())
}

/// Runs of letters and digits.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric() || *letter == '_') {
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = at + letter.len_utf8(),
            None => words.push(at..at + letter.len_utf8()),
        }
    }
    words
}

fn unit(word: &str) -> Option<SaidUnit> {
    Some(match word {
        "dag" | "dager" | "døgn" => SaidUnit::Days,
        "kalenderdag" | "kalenderdager" => SaidUnit::Calendar,
        "arbeidsdag" | "arbeidsdager" | "virkedag" | "virkedager" => SaidUnit::Working,
        "uke" | "uker" => SaidUnit::Weeks,
        "måned" | "måneder" => SaidUnit::Months,
        _ => return None,
    })
}

const ONES: &[&[&str]] = &[
    &["en", "én", "ett", "ei"],
    &["to"],
    &["tre"],
    &["fire"],
    &["fem"],
    &["seks"],
    &["sju", "syv"],
    &["åtte"],
    &["ni"],
    &["ti"],
    &["elleve"],
    &["tolv"],
    &["tretten"],
    &["fjorten"],
    &["femten"],
    &["seksten"],
    &["sytten"],
    &["atten"],
    &["nitten"],
];
const TENS: &[(&str, u32)] = &[
    ("tjue", 20),
    ("tyve", 20),
    ("tretti", 30),
    ("tredve", 30),
    ("førti", 40),
    ("femti", 50),
    ("seksti", 60),
    ("sytti", 70),
    ("åtti", 80),
    ("nitti", 90),
];

/// 14, «fjorten», «tjueåtte».
fn number(word: &str) -> Option<u32> {
    let ones = |word: &str| (1..).zip(ONES).find(|(_, names)| names.contains(&word)).map(|(number, _)| number);
    word.parse().ok().or_else(|| ones(word)).or_else(|| {
        TENS.iter().find_map(|(ten, number)| match word.strip_prefix(ten)? {
            "" => Some(*number),
            rest => ones(rest).filter(|one| *one < 10).map(|one| number + one),
        })
    })
}

impl Said {
    /// Whether a row with this amount says the same.
    pub fn agrees(&self, amount: u32, unit: Unit) -> bool {
        let days = |amount: u32, unit: Unit| amount * if unit == Unit::Uker { 7 } else { 1 };
        match (self.unit, unit) {
            (SaidUnit::Months, Unit::Måneder) | (SaidUnit::Working, Unit::Arbeidsdager | Unit::Virkedager) => {
                self.number == amount
            }
            (SaidUnit::Days, unit) if unit != Unit::Måneder => self.number == days(amount, unit),
            (SaidUnit::Calendar, Unit::Kalenderdager | Unit::Uker) => self.number == days(amount, unit),
            (SaidUnit::Weeks, Unit::Kalenderdager | Unit::Uker) => {
                self.number.checked_mul(7) == Some(days(amount, unit))
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SaidUnit::*, number, said};
    use crate::tables::Unit;

    fn found(text: &str) -> Vec<(u32, super::SaidUnit, &str)> {
        said(text).into_iter().map(|said| (said.number, said.unit, &text[said.at])).collect()
    }

    #[test]
    fn limits_are_read_in_digits_and_words() {
        assert_eq!(found("Oppmøte innen 14 dager."), [(14, Days, "14 dager")]);
        assert_eq!(
            found("Høyst tre uker, maks tjueåtte kalenderdager"),
            [(3, Weeks, "tre uker"), (28, Calendar, "tjueåtte kalenderdager")]
        );
        assert_eq!(found("fristen er på én\nmåned"), [(1, Months, "én\nmåned")]);
    }

    #[test]
    fn other_amounts_are_no_limits() {
        for text in [
            "i mer enn 3 uker",
            "økte med 5 dager",
            "innen 6–16 dager",
            "etter 3 uker",
            "3 til 4 måneder",
            "innen 14. dager",
            "innen kort tid",
            "PSA innen 3 ng/ml",
            "Fotnote til 21 dager",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn numbers_have_words() {
        for (word, value) in [("én", 1), ("syv", 7), ("fjorten", 14), ("tjue", 20), ("tjueen", 21), ("førtifem", 45)]
        {
            assert_eq!(number(word), Some(value), "{word}");
        }
        assert_eq!((number("tjuefjorten"), number("enden")), (None, None));
    }

    #[test]
    fn weeks_and_days_are_compared() {
        let said = &said("innen 2 uker")[0];
        assert!(said.agrees(14, Unit::Kalenderdager) && said.agrees(2, Unit::Uker));
        assert!(!said.agrees(14, Unit::Arbeidsdager) && !said.agrees(2, Unit::Måneder));
    }
}
