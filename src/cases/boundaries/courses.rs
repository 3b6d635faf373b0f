//! The codes of courses: what each does, which intervals they begin and end, and the order they must come in.

use chrono::NaiveDate;

use super::{Draft, Maker, Subject, earlier, later};
use crate::{
    cases::solve::World,
    tables::{ExampleEvent, Role, RuleKind},
};

/// From each start of each interval to each of its ends, and courses in which one of them never comes.
pub fn intervals(maker: &mut Maker) {
    let pathway = maker.pathway;
    let start = maker.start(None, None);
    let facts = || maker.variant(None, start).unwrap_or_default();
    let world = facts();
    for interval in &pathway.intervals {
        let (Some(first_from), Some(first_to)) = (interval.from.first(), interval.to.first()) else { continue };
        let ends = interval.to.iter().map(|to| (first_from, to));
        let starts = interval.from.iter().skip(1).map(|from| (from, first_to));
        for (from, to) in ends.chain(starts) {
            let name = format!("{}: {} til {}", interval.name, maker.short(from), maker.short(to));
            let days = [(7, from.clone()), (9, to.clone())];
            add_opened(maker, Subject::Intervals, &name, &interval.origin, start, &days, &world);
        }
        // The other way round.
        let name = format!("{}: {} før {}", interval.name, maker.short(first_to), maker.short(first_from));
        let days = [(7, first_to.clone()), (9, first_from.clone())];
        add_opened(maker, Subject::Intervals, &name, &interval.origin, start, &days, &world);
        for (role, what) in [(Role::Closes, "avsluttet"), (Role::Completes, "fullført")] {
            let ends = |code: &&crate::tables::Code| code.role == Some(role) && !interval.to.contains(&code.code);
            if let Some(code) = pathway.codes.iter().find(ends) {
                let name = format!("{}: {what} uten slutten", interval.name);
                let days = [(7, first_from.clone()), (9, code.code.clone())];
                add_opened(maker, Subject::Intervals, &name, &interval.origin, start, &days, &world);
            }
        }
        if interval.repeats {
            let name = format!("{}: to ganger", interval.name);
            let days = [first_from, first_to, first_from, first_to];
            let days: Vec<(u64, String)> =
                days.into_iter().zip([7, 9, 11, 14]).map(|(code, day)| (day, code.clone())).collect();
            add_opened(maker, Subject::Intervals, &name, &interval.origin, start, &days, &world);
        }
    }
}

/// A course that opens on the first day, with codes so many days after.
fn add_opened(
    maker: &mut Maker,
    subject: Subject,
    name: &str,
    origin: &crate::tables::Origin,
    start: NaiveDate,
    days: &[(u64, String)],
    world: &World,
) {
    let opened = days.first().is_some_and(|(_, code)| maker.is_opener(code));
    let opener = maker.opener().filter(|_| !opened).map(|opener| (start, opener.code.clone()));
    let rest = days.iter().map(|(days, code)| (later(start, *days), code.clone()));
    let events: Vec<_> = opener.into_iter().chain(rest).collect();
    let as_of = events.last().map_or(start, |(date, _)| *date);
    maker.add(subject, name, origin, Draft { events, world: world.clone(), as_of });
}

/// What each code does to a course, alone and after a start, and the days on which it can be used.
pub fn codes(maker: &mut Maker) {
    let pathway = maker.pathway;
    let start = maker.start(None, None);
    let world = maker.variant(None, start).unwrap_or_default();
    for code in &pathway.codes {
        let short = maker.short(&code.code).to_owned();
        let name = format!("{short} alene");
        let draft = Draft { events: vec![(start, code.code.clone())], world: world.clone(), as_of: start };
        maker.add(Subject::Codes, &name, &code.origin, draft);
        if let Some(opener) = maker.opener() {
            let again = |code: &str, days| (later(start, days), code.to_owned());
            let days = [again(&opener.code, 0), again(&code.code, 7), again(&opener.code, 9)];
            let draft = Draft { events: days.to_vec(), world: world.clone(), as_of: later(start, 9) };
            maker.add(Subject::Codes, &format!("{short} mellom to starter"), &code.origin, draft);
            at_hospitals(maker, &short, &code.code, &opener.code, start, &world);
        }
        let from = code.valid_from.max(pathway.valid_from).map(|day| (earlier(day, 1), day));
        let to = [code.valid_to, pathway.valid_to].into_iter().flatten().min().map(|day| (day, later(day, 1)));
        for ((one, other), what) in from.map(|days| (days, "første")).into_iter().chain(to.map(|days| (days, "siste")))
        {
            for (day, which) in [(one, "til og med"), (other, "fra og med")] {
                let draft = Draft { events: vec![(day, code.code.clone())], world: World::default(), as_of: other };
                maker.add(Subject::Codes, &format!("{short} ved {what} gyldige dag, {which}"), &code.origin, draft);
            }
        }
    }
}

/// Starts at one hospital and at two, with the code between them.
fn at_hospitals(maker: &mut Maker, short: &str, code: &str, opener: &str, start: NaiveDate, world: &World) {
    let at = |days: u64, code: &str, name: &str| ExampleEvent {
        date: later(start, days),
        code: code.to_owned(),
        institution: Some(name.to_owned()),
    };
    let Some(origin) = maker.pathway.codes.iter().find(|known| known.code == code).map(|known| &known.origin) else {
        return;
    };
    for (second, what) in [("HF A", "samme sykehus"), ("HF B", "to sykehus")] {
        let events = vec![at(0, opener, "HF A"), at(7, code, "HF A"), at(9, opener, second)];
        let name = format!("{short} mellom starter ved {what}");
        maker.add_events(Subject::Codes, &name, origin, events, world.clone(), later(start, 9));
    }
}

/// The smallest courses that break each rule and that keep it.
pub fn rules(maker: &mut Maker) {
    let pathway = maker.pathway;
    let start = maker.start(None, None);
    let world = maker.variant(None, start).unwrap_or_default();
    let closing = pathway.codes.iter().find(|code| code.role == Some(Role::Closes)).map(|code| code.code.clone());
    for rule in &pathway.rules {
        for (what, codes) in orders(maker, &rule.kind, closing.as_ref()) {
            let opened = codes.first().is_some_and(|code| maker.is_opener(code)) || what.starts_with("uten");
            let opener = maker.opener().filter(|_| !opened).map(|opener| opener.code.clone());
            let codes: Vec<String> = opener.into_iter().chain(codes).collect();
            let events: Vec<_> = codes.into_iter().zip(0..).map(|(code, day)| (later(start, day), code)).collect();
            let as_of = events.last().map_or(start, |(date, _)| *date);
            let draft = Draft { events, world: world.clone(), as_of };
            maker.add(Subject::Rules, &format!("{}: {what}", rule.name), &rule.origin, draft);
        }
    }
}

/// The orders of codes that tell whether a rule is kept, each with a name.
fn orders(maker: &Maker, kind: &RuleKind, closing: Option<&String>) -> Vec<(String, Vec<String>)> {
    let short = |code: &str| maker.short(code).to_owned();
    let pairs = |first: &[String], second: &[String]| -> Vec<(String, String)> {
        first.iter().flat_map(|one| second.iter().map(move |other| (one.clone(), other.clone()))).collect()
    };
    let mut orders = Vec::new();
    match kind {
        RuleKind::Before { first, then } => {
            // Where an opening code must come first, the course has none.
            let word = if first.iter().any(|code| maker.is_opener(code)) { "uten start, " } else { "" };
            orders.extend(then.iter().map(|code| (format!("{word}{} alene", short(code)), vec![code.clone()])));
            for (one, other) in pairs(first, then.get(..1).unwrap_or_default()) {
                orders.push((format!("{} og så {}", short(&one), short(&other)), vec![one, other]));
            }
        }
        RuleKind::Triggers { first, then } => {
            for one in first {
                let codes = std::iter::once(one).chain(closing).cloned().collect();
                orders.push((format!("{} uten det som følger", short(one)), codes));
            }
            for (one, other) in pairs(first.get(..1).unwrap_or_default(), then) {
                orders.push((format!("{} og så {}", short(&one), short(&other)), vec![one, other]));
            }
        }
        RuleKind::AtMost { count, of } | RuleKind::Exactly { count, of } => {
            let Some(usual) = of.first() else { return orders };
            let some = |count: u32| vec![usual.clone(); usize::try_from(count.min(20)).unwrap_or_default()];
            orders.push((format!("så mange {} som det skal være", short(usual)), some(*count)));
            for code in of {
                let codes = some(*count).into_iter().chain([code.clone()]).collect();
                orders.push((format!("én {} for mye", short(code)), codes));
            }
            if matches!(kind, RuleKind::Exactly { .. }) {
                let codes = some(count.saturating_sub(1)).into_iter().chain(closing.cloned()).collect();
                orders.push(("for få".to_owned(), codes));
            }
        }
        RuleKind::NothingAfter { after } => {
            let other =
                maker.pathway.codes.iter().find(|code| code.role != Some(Role::Opens) && !after.contains(&code.code));
            for (one, other) in pairs(after, &other.map(|code| code.code.clone()).into_iter().collect::<Vec<_>>()) {
                orders.push((format!("{} og så {}", short(&one), short(&other)), vec![one, other]));
            }
        }
        RuleKind::NeverTogether { first, second } => {
            for (one, other) in pairs(first, second) {
                orders.push((format!("{} og {}", short(&one), short(&other)), vec![one, other]));
            }
        }
    }
    orders
}
