//! Every limit row: the last day, the days beside it, holidays, missing codes and facts, courses that have not ended.

use chrono::{Datelike, NaiveDate};

use super::{Draft, Maker, Subject, earlier, later};
use crate::{
    cases::solve::World,
    runtime::{due, is_public_holiday},
    tables::{Interval, Limit, RuleKind, Unit},
};

/// Days that stand for any, where a row has no number.
const SOME_DAYS: u64 = 30;

pub fn make(maker: &mut Maker) {
    let pathway = maker.pathway;
    for (number, row) in pathway.limits.iter().enumerate() {
        maker.row = Some(number);
        if let Some(interval) = pathway.interval(&row.interval)
            && let Some(boundary) = Row::new(maker, row, interval)
        {
            boundary.make(maker);
        }
    }
    maker.row = None;
}

/// A row with the codes that a course goes between.
struct Row<'p> {
    row: &'p Limit,
    interval: &'p Interval,
    from: &'p str,
    to: &'p str,
    name: String,
    /// The first day of the courses.
    start: NaiveDate,
}

/// Which of the points a course has.
#[derive(Clone, Copy, PartialEq)]
enum Points {
    Both,
    Start,
    End,
}

impl<'p> Row<'p> {
    fn new(maker: &Maker<'p>, row: &'p Limit, interval: &'p Interval) -> Option<Self> {
        let treatment = interval.treatments.iter().find(|one| Some(&one.name) == row.treatment.as_ref());
        let from = interval.from.first()?;
        let to = treatment.map_or(&interval.to, |treatment| &treatment.codes).first()?;
        let mut name = row.interval.clone();
        for part in [&row.treatment, &row.variant].into_iter().flatten() {
            name = format!("{name} {part}");
        }
        name += &row.valid_from.map_or(String::new(), |day| format!(" fra {day}"));
        name += &row.valid_to.map_or(String::new(), |day| format!(" til {day}"));
        Some(Row { row, interval, from, to, name, start: maker.start(row.valid_from, row.valid_to) })
    }

    fn make(&self, maker: &mut Maker) {
        let begins = self.begins(maker, self.start);
        let Some((amount, unit)) = self.row.amount.zip(self.row.unit) else {
            self.add(maker, "uten tall", self.start, later(begins, SOME_DAYS));
            return self.add_running(maker, "løper uten tall", later(begins, SOME_DAYS));
        };
        let end = |amount: u32| due(begins, amount, unit).unwrap_or(begins);
        if let Some(least) = self.row.minimum {
            if let Some(less) = least.checked_sub(1) {
                self.add(maker, "én mindre enn det minste", self.start, end(less));
            }
            self.add(maker, "det minste", self.start, end(least));
        }
        if let Some(less) = amount.checked_sub(1) {
            self.add(maker, "én mindre", self.start, end(less));
        }
        self.add(maker, "på tallet", self.start, end(amount));
        self.add(maker, "én mer", self.start, end(amount + 1));
        if unit != Unit::Kalenderdager {
            self.add(maker, "dagen før fristdatoen", self.start, earlier(end(amount), 1));
            self.add(maker, "dagen etter fristdatoen", self.start, later(end(amount), 1));
        }
        if amount > 1 {
            self.add(maker, "samme dag", self.start, begins);
        }
        for (what, from) in edges(begins.year()) {
            let start = if maker.is_opener(self.from) { from } else { earlier(from, 7) };
            if self.row.valid_on(start) && self.is_valid(maker, start) {
                self.add(maker, &format!("på tallet, over {what}"), start, due(from, amount, unit).unwrap_or(from));
            }
        }
        self.add_points(maker, "uten starten", Points::End, end(amount), end(amount));
        if !maker.pathway.variants.is_empty() {
            let draft = self.draft(maker, Points::Both, self.start, end(amount + 1), World::default());
            self.push(maker, "én mer, uten opplysninger", draft);
        }
        self.add_running(maker, "løper på fristdatoen", end(amount));
        self.add_running(maker, "løper dagen etter fristdatoen", later(end(amount), 1));
        self.add_changes(maker, amount, unit);
    }

    /// Courses that begin just before and just after the row's period.
    fn add_changes(&self, maker: &mut Maker, amount: u32, unit: Unit) {
        let first = self
            .row
            .valid_from
            .map(|first| (first, "første dag raden gjelder", earlier(first, 1), "dagen før raden gjelder"));
        let last = self
            .row
            .valid_to
            .map(|last| (last, "siste dag raden gjelder", later(last, 1), "dagen etter at raden gjaldt"));
        for (inside, name, outside, other) in [first, last].into_iter().flatten() {
            for (start, what) in [(inside, name), (outside, other)] {
                if !self.is_valid(maker, start) {
                    continue;
                }
                let begins = self.begins(maker, start);
                for (amount, which) in [(amount, "på tallet"), (amount + 1, "én mer")] {
                    let end = due(begins, amount, unit).unwrap_or(begins);
                    self.add(maker, &format!("{which}, startet {what}"), start, end);
                }
            }
        }
    }

    fn is_valid(&self, maker: &Maker, start: NaiveDate) -> bool {
        let pathway = maker.pathway;
        pathway.valid_from.is_none_or(|from| from <= start) && pathway.valid_to.is_none_or(|to| start <= to)
    }

    /// The day of the interval's start in a course that begins on a day.
    fn begins(&self, maker: &Maker, start: NaiveDate) -> NaiveDate {
        if maker.is_opener(self.from) { start } else { later(start, 7) }
    }

    fn add(&self, maker: &mut Maker, what: &str, start: NaiveDate, to: NaiveDate) {
        let Some(world) = maker.variant(self.row.variant.as_deref(), to) else { return };
        let draft = self.draft(maker, Points::Both, start, to, world);
        self.push(maker, what, draft);
    }

    fn add_running(&self, maker: &mut Maker, what: &str, as_of: NaiveDate) {
        self.add_points(maker, what, Points::Start, as_of, as_of);
    }

    fn add_points(&self, maker: &mut Maker, what: &str, points: Points, to: NaiveDate, as_of: NaiveDate) {
        let Some(world) = maker.variant(self.row.variant.as_deref(), as_of) else { return };
        let draft = Draft { as_of, ..self.draft(maker, points, self.start, to, world) };
        self.push(maker, what, draft);
    }

    fn push(&self, maker: &mut Maker, what: &str, draft: Draft) {
        maker.add(Subject::Limits, &format!("{}: {what}", self.name), &self.row.origin, draft);
    }

    fn draft(&self, maker: &Maker, points: Points, start: NaiveDate, to: NaiveDate, world: World) -> Draft {
        let mut events = Vec::new();
        let from = self.begins(maker, start);
        if !maker.is_opener(self.from) {
            events.extend(maker.opener().map(|opener| (start, opener.code.clone())));
        }
        if points != Points::End {
            events.push((from, self.from.to_owned()));
        }
        if points != Points::Start {
            events.push((to, self.to.to_owned()));
        }
        if points == Points::Both {
            maker.prepare(&mut events, self.interval);
        }
        Draft { events, world, as_of: to }
    }
}

impl Maker<'_> {
    /// Adds the codes without which an order rule would be broken, where they do not change the interval.
    fn prepare(&self, events: &mut Vec<(NaiveDate, String)>, interval: &Interval) {
        for rule in &self.pathway.rules {
            let RuleKind::Before { first, then } = &rule.kind else { continue };
            let has =
                |events: &[(NaiveDate, String)], set: &[String]| events.iter().position(|(_, code)| set.contains(code));
            let Some(at) = has(events, then) else { continue };
            let harmless =
                |code: &&String| !interval.from.contains(code) && !interval.to.contains(code) && !self.is_opener(code);
            if let (None, Some(code)) = (has(events, first), first.iter().find(harmless))
                && let Some(date) = events.get(at).map(|(date, _)| *date)
            {
                events.insert(at, (date, code.clone()));
            }
        }
    }
}

/// Days just before days that are no working days.
fn edges(year: i32) -> impl Iterator<Item = (&'static str, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let is_easter = |day: &NaiveDate| (1..=2).all(|days| is_public_holiday(later(*day, days)));
    let easter = first.iter_days().take(366).find(|day| is_easter(day) && day.month() > 2 && day.month() < 5);
    let may = NaiveDate::from_ymd_opt(year, 5, 16);
    let weekend = first.iter_days().skip(7).take(7).find(|day| day.weekday() == chrono::Weekday::Fri);
    let all = [("påske", easter), ("17. mai", may), ("en helg", weekend)];
    all.into_iter().filter_map(|(what, day)| day.map(|day| (what, day)))
}
