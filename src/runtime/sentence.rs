//! The trace in words (E11): one sentence for the course, for each interval and for each order rule.

use chrono::{Datelike, NaiveDate};

use super::{
    Basis, Course, IntervalAnswer, IntervalTrace, Point, RuleResult, RuleTrace, State, Status, VariantTrace,
    VariantTried,
};
use crate::{
    lang::{Lang, Text},
    tables::{Form, Origin, Unit},
    text,
};

/// Why a course was judged as it was, sentence by sentence. Empty if the course was not traced.
pub fn sentences(course: &Course, lang: Lang) -> Vec<String> {
    let Some(trace) = &course.trace else {
        return Vec::new();
    };
    let speaker = Speaker { lang, as_of: trace.variant.on };
    let intervals = course.intervals.iter().zip(&trace.intervals);
    std::iter::once(speaker.course(course, &trace.variant))
        .chain(intervals.map(|(answer, why)| speaker.interval(answer, why)))
        .chain(trace.rules.iter().map(|rule| speaker.rule(rule, course)))
        .collect()
}

/// A date as people write it: `8. januar 2024`, `8 January 2024`.
pub fn long_date(date: NaiveDate, lang: Lang) -> String {
    const NB: [&str; 12] = [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (names, mark) = match lang {
        Lang::Nb => (NB, "."),
        Lang::En => (EN, ""),
    };
    let month = names.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{}{mark} {month} {}", date.day(), date.year())
}

/// An amount with its unit: `1 uke`, `14 kalenderdager`.
pub fn amount(amount: u32, unit: Unit, lang: Lang) -> String {
    let one = amount == 1;
    let word = match (lang, unit, one) {
        (Lang::Nb, Unit::Kalenderdager, true) => "kalenderdag",
        (Lang::Nb, Unit::Arbeidsdager, true) => "arbeidsdag",
        (Lang::Nb, Unit::Virkedager, true) => "virkedag",
        (Lang::Nb, Unit::Uker, true) => "uke",
        (Lang::Nb, Unit::Måneder, true) => "måned",
        (Lang::Nb, _, false) => unit.word(),
        (Lang::En, Unit::Kalenderdager, true) => "calendar day",
        (Lang::En, Unit::Kalenderdager, false) => "calendar days",
        (Lang::En, Unit::Arbeidsdager, true) => "working day",
        (Lang::En, Unit::Arbeidsdager, false) => "working days",
        (Lang::En, Unit::Virkedager, true) => "working day, Saturdays included",
        (Lang::En, Unit::Virkedager, false) => "working days, Saturdays included",
        (Lang::En, Unit::Uker, true) => "week",
        (Lang::En, Unit::Uker, false) => "weeks",
        (Lang::En, Unit::Måneder, true) => "month",
        (Lang::En, Unit::Måneder, false) => "months",
    };
    format!("{amount} {word}")
}

struct Speaker {
    lang: Lang,
    as_of: NaiveDate,
}

impl Speaker {
    fn say(&self, text: Text) -> String {
        match self.lang {
            Lang::Nb => text.nb,
            Lang::En => text.en,
        }
    }

    fn date(&self, date: NaiveDate) -> String {
        long_date(date, self.lang)
    }

    fn days(&self, days: i64) -> String {
        let word = match (self.lang, days) {
            (Lang::Nb, 1) => "dag",
            (Lang::Nb, _) => "dager",
            (Lang::En, 1) => "day",
            (Lang::En, _) => "days",
        };
        format!("{days} {word}")
    }

    fn point(&self, point: &Point) -> String {
        format!("{} {}", point.code, self.date(point.date))
    }

    fn course(&self, course: &Course, variant: &VariantTrace) -> String {
        let (as_of, number) = (self.date(self.as_of), course.course);
        let why = self.variant(course.variant_basis, variant);
        self.say(match course.state {
            State::Open => {
                text!("Per {as_of} er forløp {number} åpent{why}.", "On {as_of} course {number} is open{why}.")
            }
            State::Completed => {
                text!("Per {as_of} er forløp {number} fullført{why}.", "On {as_of} course {number} is completed{why}.")
            }
            State::Closed => {
                text!("Per {as_of} er forløp {number} avsluttet{why}.", "On {as_of} course {number} is closed{why}.")
            }
        })
    }

    /// The variant is told where it decides the judgement.
    fn interval(&self, answer: &IntervalAnswer, why: &IntervalTrace) -> String {
        let mut name = answer.interval.to_owned();
        if let Some(treatment) = answer.treatment {
            name = format!("{name} {treatment}");
        }
        if answer.occurrence > 1 {
            let number = answer.occurrence;
            name += &self.say(text!(", gang {number}", ", time {number}"));
        }
        let point = |point: &Option<Point>| point.as_ref().map(|point| self.point(point)).unwrap_or_default();
        let (from, to) = (point(&why.from), point(&why.to));
        let judgement = match answer.status {
            Status::NotApplicable | Status::InvalidOrder | Status::Undetermined | Status::NotStarted => {
                self.unjudged(answer.status, why, &from, &to)
            }
            _ => self.judged(answer, why, &from, &to) + &self.variant(answer.variant_basis, &why.variant),
        };
        format!("{name}: {judgement}.")
    }

    fn unjudged(&self, status: Status, why: &IntervalTrace, from: &str, to: &str) -> String {
        self.say(match (status, &why.from, &why.to) {
            (Status::NotApplicable, _, Some(_)) => {
                text!(
                    "gjelder ikke, for {to} er ikke denne behandlingen",
                    "does not apply, because {to} is not this treatment"
                )
            }
            (Status::NotApplicable, ..) => text!(
                "gjelder ikke, for forløpet er avsluttet uten at slutten er registrert",
                "does not apply, because the course is closed and the end is not registered"
            ),
            (Status::InvalidOrder, ..) => text!(
                "kan ikke vurderes, for slutten {to} er datert før starten {from}",
                "cannot be judged, because the end {to} is dated before the start {from}"
            ),
            (Status::NotStarted, ..) => text!("har ikke begynt", "has not begun"),
            (_, _, Some(_)) => text!(
                "kan ikke vurderes, for slutten {to} har ingen start",
                "cannot be judged, because the end {to} has no start"
            ),
            (_, Some(_), None) => text!(
                "kan ikke vurderes, for forløpet er fullført, og starten {from} har ingen slutt",
                "cannot be judged, because the course is completed and the start {from} has no end"
            ),
            (_, None, None) => text!(
                "kan ikke vurderes, for forløpet er fullført uten at start eller slutt er registrert",
                "cannot be judged, because the course is completed and neither start nor end is registered"
            ),
        })
    }

    fn judged(&self, answer: &IntervalAnswer, why: &IntervalTrace, from: &str, to: &str) -> String {
        let limit = self.limit(answer, why);
        let days = self.days(answer.days.or(answer.days_left).unwrap_or_default().abs());
        self.say(match (answer.status, &why.to) {
            (Status::Within, _) => {
                text!("{days} fra {from} til {to}, innenfor: {limit}", "{days} from {from} to {to}, within: {limit}")
            }
            (Status::Exceeded, _) => {
                text!(
                    "{days} fra {from} til {to}, overskredet: {limit}",
                    "{days} from {from} to {to}, exceeded: {limit}"
                )
            }
            (Status::TooEarly, _) => {
                text!(
                    "{days} fra {from} til {to}, for tidlig: {limit}",
                    "{days} from {from} to {to}, too early: {limit}"
                )
            }
            // Past the least time, nobody is late.
            (Status::Overdue, _) if why.form == Some(Form::AtLeast) => {
                text!(
                    "løper fra {from}, og minstetiden er gått: {limit}",
                    "runs from {from}, and the least time has passed: {limit}"
                )
            }
            (Status::Running, _) => {
                text!("løper fra {from} og har {days} igjen: {limit}", "runs from {from} with {days} left: {limit}")
            }
            (Status::Overdue, _) => {
                text!(
                    "løper fra {from} og er {days} over tiden: {limit}",
                    "runs from {from} and is {days} past due: {limit}"
                )
            }
            (_, Some(_)) => text!("{days} fra {from} til {to}, men {limit}", "{days} from {from} to {to}, but {limit}"),
            (_, None) => text!("løper fra {from}, men {limit}", "runs from {from}, but {limit}"),
        })
    }

    /// The row that was used, its due date and its place.
    fn limit(&self, answer: &IntervalAnswer, why: &IntervalTrace) -> String {
        let Some(row) = why.row else {
            return self.say(text!("ingen forløpstid er fastsatt", "no limit is set"));
        };
        let mut place = place(row);
        if why.inherited {
            place += &self.say(text!(", arvet fra hovedforløpet", ", inherited from the main course"));
        }
        let Some((limit, unit)) = answer.limit.zip(answer.unit) else {
            return self.say(text!("forløpstiden er ikke tallfestet ({place})", "the limit has no number ({place})"));
        };
        let (amount, least) = (amount(limit, unit, self.lang), why.minimum.unwrap_or_default());
        let bound = self.say(match why.form {
            Some(Form::AtLeast) => text!("minst {amount}", "at least {amount}"),
            Some(Form::Between) => text!("mellom {least} og {amount}", "between {least} and {amount}"),
            Some(Form::SameDay) => text!("samme dag", "the same day"),
            _ => text!("{amount}", "{amount}"),
        });
        let due = match (answer.due.map(|due| self.date(due)), why.form) {
            (None, _) | (_, Some(Form::SameDay)) => String::new(),
            (Some(due), Some(Form::AtLeast)) => self.say(text!(", tidligst {due}", ", not before {due}")),
            (Some(due), _) => self.say(text!(", senest {due}", ", by {due}")),
        };
        self.say(text!("forløpstiden er {bound}{due} ({place})", "the limit is {bound}{due} ({place})"))
    }

    /// Which variant holds and why, as the end of a sentence. Nothing for pathways without variants.
    fn variant(&self, basis: Basis, why: &VariantTrace) -> String {
        let Some(last) = why.tried.last() else {
            return String::new();
        };
        let (name, place) = (last.variant, place(last.origin));
        self.say(match (basis, last.result) {
            (Basis::Assumed, _) => {
                let unknown = last.facts.iter().filter(|used| used.value.is_none());
                let unknown = self.list(unknown.map(|used| format!("«{}»", used.fact)));
                text!(
                    "; hovedforløpet er antatt, for {unknown} er ikke kjent og avgjør om varianten «{name}» gjelder ({place})",
                    "; the main course is assumed, because {unknown} is not known and decides whether the variant «{name}» holds ({place})"
                )
            }
            (_, Some(true)) => {
                let facts = self.facts(std::slice::from_ref(last));
                text!(
                    "; varianten «{name}» gjelder ({place}), for {facts}",
                    "; the variant «{name}» holds ({place}), because {facts}"
                )
            }
            _ => {
                let facts = self.facts(&why.tried);
                text!("; hovedforløpet gjelder, for {facts}", "; the main course holds, because {facts}")
            }
        })
    }

    /// The facts that were asked for, each once.
    fn facts(&self, tried: &[VariantTried]) -> String {
        let mut said: Vec<String> = Vec::new();
        for used in tried.iter().flat_map(|tried| &tried.facts) {
            let (fact, date) = (used.fact, used.date.map(|date| self.date(date)));
            let value = used.value.unwrap_or_default();
            let sentence = self.say(match (used.value, date) {
                (None, _) => text!("«{fact}» er ikke kjent", "«{fact}» is not known"),
                (_, None) => text!("«{fact}» er «{value}»", "«{fact}» is «{value}»"),
                (_, Some(date)) => text!("«{fact}» er «{value}» fra {date}", "«{fact}» is «{value}» from {date}"),
            });
            if !said.contains(&sentence) {
                said.push(sentence);
            }
        }
        self.list(said.into_iter())
    }

    fn rule(&self, rule: &RuleTrace, course: &Course) -> String {
        let (name, place) = (rule.rule, place(rule.origin));
        let finding = course.findings.iter().find(|finding| finding.code == name);
        let message = finding.map(|finding| finding.message.as_str()).unwrap_or_default();
        let dates = finding.map(|finding| self.list(finding.dates.iter().map(|date| self.date(*date))));
        let dates = dates.filter(|dates| !dates.is_empty()).map(|dates| format!(" {dates}")).unwrap_or_default();
        self.say(match rule.result {
            RuleResult::NotApplied => {
                text!("Regelen «{name}» ({place}) var ikke aktuell.", "The rule «{name}» ({place}) did not apply.")
            }
            RuleResult::Kept => text!("Regelen «{name}» ({place}) er fulgt.", "The rule «{name}» ({place}) is kept."),
            RuleResult::Pending => text!(
                "Regelen «{name}» ({place}) venter på en hendelse.",
                "The rule «{name}» ({place}) waits for an event."
            ),
            RuleResult::Broken => text!(
                "Regelen «{name}» ({place}) er brutt{dates}: {message}.",
                "The rule «{name}» ({place}) is broken{dates}: {message}."
            ),
        })
    }

    /// `a, b og c`
    fn list(&self, parts: impl Iterator<Item = String>) -> String {
        let mut parts: Vec<String> = parts.collect();
        let last = parts.pop().unwrap_or_default();
        if parts.is_empty() {
            return last;
        }
        let first = parts.join(", ");
        self.say(text!("{first} og {last}", "{first} and {last}"))
    }
}

fn place(origin: &Origin) -> String {
    format!("{}:{}", origin.file, origin.line)
}
