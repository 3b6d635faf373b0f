//! Words, numbers and dates as the page's language writes them.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use crate::{
    lang::{Lang, Text},
    report::{Count, Days, Level, Period, PeriodKind, Report, Unit},
    text,
};

/// The report and the language that it is told in.
#[derive(Clone, Copy)]
pub(super) struct Words<'r> {
    pub report: &'r Report,
    pub lang: Lang,
}

impl Words<'_> {
    pub fn say(&self, text: Text) -> String {
        text.get(self.lang).to_owned()
    }

    /// A whole number, with thousands apart.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let first = digits.len() % 3;
        let (head, tail) = digits.split_at(if first == 0 { 3.min(digits.len()) } else { first });
        let apart = if self.lang == Lang::Nb { '\u{a0}' } else { ',' };
        let mut written = head.to_owned();
        for (place, digit) in tail.chars().enumerate() {
            if place % 3 == 0 {
                written.push(apart);
            }
            written.push(digit);
        }
        written
    }

    /// A share as the report rounds them.
    pub fn share(&self, share: f64) -> String {
        self.percent(format!("{share:.*}", self.report.parameters.decimals as usize))
    }

    /// A target, without decimals that say nothing.
    pub fn target(&self, target: f64) -> String {
        self.percent(target.to_string())
    }

    fn percent(&self, number: String) -> String {
        match self.lang {
            Lang::Nb => format!("{}\u{a0}%", number.replace('.', ",")),
            Lang::En => format!("{number}%"),
        }
    }

    /// A count as a person reads it: what is hidden is said to be.
    pub fn count(&self, count: Count) -> Markup {
        match count {
            Some(count) => html! { (self.number(count)) },
            None => self.hidden(),
        }
    }

    pub fn hidden(&self) -> Markup {
        html! { span.hidden { (self.say(text!("skjult", "hidden"))) } }
    }

    /// Some of some, where both are shown.
    pub fn of(&self, some: Count, all: Count) -> Option<String> {
        let (some, all) = (self.number(some?), self.number(all?));
        Some(self.say(text!("{some} av {all}", "{some} of {all}")))
    }

    pub fn date(&self, date: NaiveDate) -> String {
        let (day, month, year) = (date.day(), self.month(date), date.year());
        self.say(text!("{day}. {month} {year}", "{day} {month} {year}"))
    }

    fn month(&self, date: NaiveDate) -> &'static str {
        const MONTHS: [(&str, &str); 12] = [
            ("januar", "January"),
            ("februar", "February"),
            ("mars", "March"),
            ("april", "April"),
            ("mai", "May"),
            ("juni", "June"),
            ("juli", "July"),
            ("august", "August"),
            ("september", "September"),
            ("oktober", "October"),
            ("november", "November"),
            ("desember", "December"),
        ];
        let (nb, en) = MONTHS[date.month0() as usize % 12];
        if self.lang == Lang::Nb { nb } else { en }
    }

    /// A period in full.
    pub fn period(&self, period: &Period) -> String {
        let (year, part) = (period.from.year(), self.part(period) + 1);
        match self.report.parameters.period {
            PeriodKind::Month => format!("{} {year}", self.month(period.from)),
            PeriodKind::Quarter => self.say(text!("{part}. kvartal {year}", "quarter {part}, {year}")),
            PeriodKind::Tertial => self.say(text!("{part}. tertial {year}", "tertial {part}, {year}")),
            PeriodKind::Year => year.to_string(),
            PeriodKind::None => period.name.clone(),
        }
    }

    /// A period within its year, as short as can be; empty for a whole year.
    pub fn short(&self, period: &Period) -> String {
        let part = self.part(period) + 1;
        match self.report.parameters.period {
            PeriodKind::Month => self.month(period.from).chars().take(3).collect(),
            PeriodKind::Quarter => self.say(text!("K{part}", "Q{part}")),
            PeriodKind::Tertial => format!("T{part}"),
            PeriodKind::Year | PeriodKind::None => String::new(),
        }
    }

    /// The place of a period in its year, from 0.
    pub fn part(&self, period: &Period) -> u32 {
        period.from.month0() / months(self.report.parameters.period)
    }

    pub fn unit(&self, unit: &Unit) -> String {
        match unit.level {
            Level::Nation => self.say(text!("Hele landet", "The whole country")),
            Level::Unknown => self.say(text!("Ukjent institusjon", "Unknown institution")),
            _ => unit.name.clone(),
        }
    }

    /// What is hidden, and why.
    pub fn why_hidden(&self) -> String {
        let below = self.report.parameters.suppress_below;
        match below {
            0 => self.say(text!("Ingen tall er skjult.", "No counts are hidden.")),
            _ => self.say(text!(
                "Skjult betyr færre enn {below}, eller at noe som er færre enn {below}, ellers kunne regnes ut.",
                "Hidden means fewer than {below}, or that something fewer than {below} could otherwise be worked out."
            )),
        }
    }
}

/// Half of the measured take no more days.
pub(super) fn median(days: Option<Days>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| days.median.to_string())
}

/// The middle half of the days.
pub(super) fn quartiles(days: Option<Days>) -> String {
    days.map_or_else(|| "–".to_owned(), |days| format!("{}–{}", days.first_quartile, days.third_quartile))
}

/// How many months a period has.
pub(super) fn months(period: PeriodKind) -> u32 {
    match period {
        PeriodKind::Month => 1,
        PeriodKind::Quarter => 3,
        PeriodKind::Tertial => 4,
        PeriodKind::Year | PeriodKind::None => 12,
    }
}

/// With a capital letter first.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
