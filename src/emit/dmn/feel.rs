//! Conditions as FEEL. Its `and`, `or` and `not` are Kleene's, and what is unknown is null; but nothing equals null
//! alone, and that for certain, so that each equality asks for null first.

use super::super::Refusal;
use crate::{
    tables::{Comparison, Condition, Fact, FactType, FactValue, Origin, Pathway, Unit, Value},
    text,
};

/// What FEEL does not read as a fact's name, and the names that the models use for something else.
const TAKEN: [&str; 32] = [
    "and",
    "between",
    "count",
    "course_start",
    "date",
    "duration",
    "else",
    "every",
    "external",
    "false",
    "for",
    "function",
    "if",
    "in",
    "instance",
    "interval",
    "item",
    "limit",
    "list",
    "sort",
    "not",
    "null",
    "of",
    "or",
    "partial",
    "return",
    "satisfies",
    "some",
    "then",
    "treatment",
    "true",
    "variant",
];
/// How many times a condition on repeated values can ask for: each is a step of its own.
const MOST_TIMES: u32 = 12;

/// What the conditions of a model ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// The value of a fact, by its number in the pathway.
    Value(usize),
    /// All known values of a fact, with their dates.
    History(usize),
}

impl Asked {
    pub fn fact(self) -> usize {
        match self {
            Asked::Value(fact) | Asked::History(fact) => fact,
        }
    }

    /// Its id; modellers read none with other letters than ASCII's.
    pub fn id(self) -> String {
        match self {
            Asked::Value(fact) => format!("fact-{}", fact + 1),
            Asked::History(fact) => format!("history-{}", fact + 1),
        }
    }

    /// Its name in FEEL.
    pub fn name(self, fact: &Fact) -> String {
        match self {
            Asked::Value(_) => fact.name.clone(),
            Asked::History(_) => history(fact),
        }
    }
}

fn history(fact: &Fact) -> String {
    format!("{}_history", fact.name)
}

/// Writes the conditions of one place in the specification, and keeps what they ask for.
pub(super) struct Feel<'p> {
    pub pathway: &'p Pathway,
    pub origin: &'p Origin,
    pub asked: Vec<Asked>,
}

impl<'p> Feel<'p> {
    pub fn condition(&mut self, condition: &Condition) -> Result<String, Refusal> {
        self.written(condition, None)
    }

    /// The condition on the facts, or on one value that a variable holds.
    fn written(&mut self, condition: &Condition, variable: Option<&str>) -> Result<String, Refusal> {
        match condition {
            Condition::All { of } => self.joined(of, variable, " and ", "true"),
            Condition::Any { of } => self.joined(of, variable, " or ", "false"),
            Condition::Not { of } => Ok(format!("not({})", self.written(of, variable)?)),
            Condition::Is { fact, value } => {
                let (fact, name) = self.fact(fact, variable)?;
                Ok(is(fact, &name, value))
            }
            Condition::Compare { fact, comparison, value } => {
                let (fact, name) = self.fact(fact, variable)?;
                Ok(compare(fact, &name, *comparison, value))
            }
            Condition::Known { fact } => Ok(format!("{} != null", self.fact(fact, variable)?.1)),
            Condition::Repeated { of, count, spacing, unit } => self.repeated(of, *count, spacing.zip(*unit)),
            Condition::Recent { .. } => Err(self.refusal(text!(
                "DMN får ikke vite hvilken dag det spørres om, og kan derfor ikke si hvor gammel en verdi er («siste …»)",
                "DMN is not told which day is asked about, and so cannot say how old a value is («siste …»)"
            ))),
            Condition::InCourse { .. } => Err(self.refusal(text!(
                "DMN kjenner ikke pasientens forløp, og kan derfor ikke si «i forløp»",
                "DMN does not know the patient's courses, and so cannot say «i forløp»"
            ))),
        }
    }

    fn joined(
        &mut self,
        parts: &[Condition],
        variable: Option<&str>,
        word: &str,
        none: &str,
    ) -> Result<String, Refusal> {
        let parts = parts.iter().map(|part| self.written(part, variable)).collect::<Result<Vec<_>, _>>()?;
        Ok(match parts.as_slice() {
            [] => none.to_owned(),
            [part] => part.clone(),
            parts => format!("({})", parts.join(word)),
        })
    }

    /// Counts as the runtime does: from the first value on, each that is far enough from the one counted before it. Values
    /// without a date come first and count as one.
    fn repeated(&mut self, of: &Condition, count: u32, spacing: Option<(u32, Unit)>) -> Result<String, Refusal> {
        let days = match spacing {
            None | Some((0, Unit::Kalenderdager | Unit::Uker)) => None,
            Some((days, Unit::Kalenderdager)) => Some(u64::from(days)),
            Some((weeks, Unit::Uker)) => Some(u64::from(weeks) * 7),
            Some((_, unit)) => {
                let unit = unit.word();
                return Err(self.refusal(text!(
                    "FEEL regner ikke avstanden mellom målinger i {unit} som vi gjør",
                    "FEEL does not reckon the time between values in {unit} as we do"
                )));
            }
        };
        if !(1..=MOST_TIMES).contains(&count) {
            return Err(self.refusal(text!(
                "«{count} ganger» blir ikke skrevet i FEEL: det meste er {MOST_TIMES}",
                "«{count} times» is not written in FEEL: the most is {MOST_TIMES}"
            )));
        }
        let meets = self.written(of, Some("item.value"))?;
        let (fact, _) = self.fact(of_fact(of).unwrap_or_default(), Some("item.value"))?;
        let history = history(fact);
        let mut steps = vec![
            format!("met: {history}[{meets}]"),
            "undated: count(met[item.date = null]) > 0".to_owned(),
            "dated: sort(met[item.date != null].date, function(a, b) a < b)".to_owned(),
        ];
        match days {
            None => steps.push(format!("enough: count(dated) + (if undated then 1 else 0) >= {count}")),
            Some(days) => {
                steps.push("day1: dated[1]".to_owned());
                steps.extend((2..=count).map(|time| {
                    let before = time - 1;
                    format!("day{time}: dated[item >= day{before} + duration(\"P{days}D\")][1]")
                }));
                let one_less = match count {
                    1 => "true".to_owned(),
                    _ => format!("day{} != null", count - 1),
                };
                steps.push(format!("enough: if undated then {one_less} else day{count} != null"));
            }
        }
        let steps = steps.join(", ");
        Ok(format!("(if {history} = null or count({history}) = 0 then null else {{{steps}}}.enough)"))
    }

    /// A fact, which is asked for, and what holds its value.
    fn fact(&mut self, name: &str, variable: Option<&str>) -> Result<(&'p Fact, String), Refusal> {
        let found = self.pathway.facts.iter().enumerate().find(|(_, fact)| fact.name == name);
        let Some((number, fact)) = found else {
            return Err(
                self.refusal(text!("«{name}» finnes ikke i tabellene", "«{name}» does not exist in the tables"))
            );
        };
        if fact.formula.is_some() {
            return Err(self.refusal(text!(
                "«{name}» er beregnet: FEEL regner med desimaltall og vi med binære tall, så svarene kan skille lag ved en grense",
                "«{name}» is computed: FEEL reckons in decimal numbers and we in binary ones, so that the answers could part at a threshold"
            )));
        }
        if !is_name(name) {
            let message = text!("«{name}» kan ikke være et navn i FEEL", "«{name}» cannot be a name in FEEL");
            return Err(Refusal { message, origin: fact.origin.clone() });
        }
        let asked = if variable.is_some() { Asked::History(number) } else { Asked::Value(number) };
        if !self.asked.contains(&asked) {
            self.asked.push(asked);
        }
        Ok((fact, variable.unwrap_or(name).to_owned()))
    }

    fn refusal(&self, message: crate::lang::Text) -> Refusal {
        Refusal { message, origin: self.origin.clone() }
    }
}

/// The first fact of a condition.
fn of_fact(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::All { of } | Condition::Any { of } => of.iter().find_map(of_fact),
        Condition::Not { of } | Condition::Repeated { of, .. } | Condition::Recent { of, .. } => of_fact(of),
        Condition::Is { fact, .. } | Condition::Compare { fact, .. } | Condition::Known { fact } => Some(fact),
        Condition::InCourse { .. } => None,
    }
}

fn is(fact: &Fact, name: &str, value: &Value) -> String {
    match (&fact.fact_type, value) {
        (FactType::YesNo, Value::YesNo(true)) => name.to_owned(),
        (FactType::YesNo, Value::YesNo(false)) => format!("not({name})"),
        _ => format!("(if {name} = null then null else {name} = {})", literal(value)),
    }
}

fn compare(fact: &Fact, name: &str, comparison: Comparison, value: &Value) -> String {
    if let (FactType::Scale { values }, Value::Choice(threshold)) = (&fact.fact_type, value) {
        let at = values.iter().position(|value| value.name == *threshold).unwrap_or_default();
        let meets = values.iter().enumerate().filter(|(place, _)| comparison.holds(place.cmp(&at)));
        let meets = strings(meets.map(|(_, value)| value.name.as_str()));
        return format!("(if {name} = null then null else list contains([{meets}], {name}))");
    }
    let sign = match comparison {
        Comparison::Above => ">",
        Comparison::Below => "<",
        Comparison::AtLeast => ">=",
        Comparison::AtMost => "<=",
    };
    format!("{name} {sign} {}", literal(value))
}

fn literal(value: &Value) -> String {
    match value {
        Value::YesNo(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => format!("date(\"{date}\")"),
        Value::Choice(name) => string(name),
    }
}

/// A text as FEEL writes it.
pub(super) fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// Texts as a list or a test of FEEL names them.
pub(super) fn strings<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(string).collect::<Vec<_>>().join(",")
}

/// The names of a choice's values, as FEEL writes them.
pub(super) fn choices(values: &[FactValue]) -> String {
    strings(values.iter().map(|value| value.name.as_str()))
}

/// Whether FEEL reads this as one name, and as nothing else.
pub(super) fn is_name(name: &str) -> bool {
    let starts = |c: char| {
        c.is_ascii_alphabetic()
            || matches!(c, '_' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
                | '\u{37f}'..='\u{1fff}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}')
    };
    let mut chars = name.chars();
    chars.next().is_some_and(starts)
        && chars.all(|c| starts(c) || c.is_ascii_digit())
        && !TAKEN.contains(&name)
        && !name.ends_with("_history")
        && !name.starts_with("route_")
}
