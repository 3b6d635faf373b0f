//! The value of the missing: which unknown facts and unregistered codes would change a course's answer, smallest sets
//! first. Found by asking again with each of them.

use chrono::NaiveDate;

use super::{
    Change, Consequence, Course, CourseFinding, Evaluator, Event, FactEvent, IntervalAnswer, Missing, Options, State,
    Status,
    assess::{Asked, settle, worlds},
    interval::Setting,
    logic::Datum,
    view::View,
};
use crate::tables::{Fact, FactType};

/// How many times the patient is judged again at most, for one course; the smallest sets are tried first.
const MAX_TRIES: usize = 10_000;

/// The facts that would change which variant holds, and so the answers.
pub(super) fn of_facts<'a>(setting: &Setting<'a, '_>, answers: &[IntervalAnswer<'a>]) -> Vec<Missing<'a>> {
    let ask = |asked: &mut Asked| setting.pathway.variants.iter().for_each(|(_, test)| asked.test(test));
    let view = View::on(setting.knowledge, setting.as_of);
    let changed = |view: &View| changes(answers, &Setting { imagined: view.imagined, ..*setting }.answers());
    let sets = settle(&view, ask, |view| !changed(view).is_empty());
    let found = sets.into_iter().map(|facts| {
        let mut outcomes: Vec<Consequence> = Vec::new();
        for world in worlds(&view, ask, &facts) {
            let changes = changed(&View { imagined: &world, ..view });
            let value = |(fact, imagined): &(usize, super::view::Imagined)| {
                let declared = setting.pathway.pathway.facts.get(*fact);
                declared.map_or(String::new(), |fact| as_text(fact, imagined.value))
            };
            let values = world.iter().map(value).collect();
            if !changes.is_empty() && !outcomes.iter().any(|known| known.changes == changes) {
                outcomes.push(Consequence { values, dates: Vec::new(), changes, findings: Vec::new() });
            }
        }
        Missing { facts, codes: Vec::new(), outcomes }
    });
    found.collect()
}

/// A value as the facts file writes it.
fn as_text(fact: &Fact, value: Datum) -> String {
    match (value, &fact.fact_type) {
        (Datum::YesNo(yes), _) => if yes { "ja" } else { "nei" }.to_owned(),
        (Datum::Number(number), _) => number.to_string(),
        (Datum::Date(date), _) => date.to_string(),
        (Datum::Choice(at), FactType::Choice { values } | FactType::Scale { values }) => {
            values.get(at).map_or(String::new(), |value| value.name.clone())
        }
        (Datum::Choice(_), _) => String::new(),
    }
}

/// What changed from one list of answers about the same intervals to another.
fn changes<'a>(before: &[IntervalAnswer<'a>], after: &[IntervalAnswer]) -> Vec<Change<'a>> {
    let changed = before.iter().filter_map(|before| {
        let after = after.iter().find(|after| after.key() == before.key())?;
        let judged = |answer: &IntervalAnswer| (answer.status, answer.limit, answer.unit, answer.due);
        let IntervalAnswer { interval, treatment, occurrence, .. } = *before;
        let IntervalAnswer { status, limit, unit, .. } = *after;
        let silent = before.status == Status::NotApplicable && after.status == Status::NotApplicable;
        (!silent && judged(before) != judged(after)).then_some(Change {
            interval,
            treatment,
            occurrence,
            status,
            limit,
            unit,
        })
    });
    changed.collect()
}

/// What is judged again with more events.
pub(super) struct Register<'a> {
    pub evaluator: &'a Evaluator<'a>,
    pub events: &'a [Event<'a>],
    pub facts: &'a [FactEvent<'a>],
    pub as_of: NaiveDate,
}

impl<'a> Register<'a> {
    /// The codes that would settle what is undetermined or overdue, or make a finding go, and do no harm elsewhere.
    pub fn missing_codes(&self, courses: &[Course<'a>], course: &Course<'a>) -> Vec<Missing<'a>> {
        let mut found: Vec<Missing> = Vec::new();
        if course.findings.is_empty() && !course.intervals.iter().any(|answer| answer.status.is_in_doubt()) {
            return found;
        }
        let mut tries = MAX_TRIES;
        let (single, narrow) = (self.possible(course, true), self.possible(course, false));
        let pairs = narrow.iter().enumerate().flat_map(|(at, later)| {
            let earlier = narrow.iter().take(at).filter(|earlier| earlier.code != later.code);
            earlier.map(|earlier| vec![*earlier, *later])
        });
        for given in single.iter().map(|one| vec![*one]).chain(pairs) {
            let smaller = |known: &&Missing| known.codes.len() < given.len();
            let holds = |known: &Missing| known.codes.iter().all(|code| given.iter().any(|event| event.code == *code));
            if tries == 0 || found.iter().filter(smaller).any(holds) {
                continue;
            }
            tries -= 1;
            let Some((changes, findings)) = self.gain(courses, course, &given) else { continue };
            let codes: Vec<&str> = given.iter().map(|event| event.code).collect();
            let dates = given.iter().map(|event| event.date).collect();
            let outcome = Consequence { values: Vec::new(), dates, changes, findings };
            let is_same =
                |other: &Consequence| (&other.changes, &other.findings) == (&outcome.changes, &outcome.findings);
            match found.iter_mut().find(|known| known.codes == codes) {
                Some(known) if known.outcomes.iter().any(is_same) => {}
                Some(known) => known.outcomes.push(outcome),
                None => found.push(Missing { facts: Vec::new(), codes, outcomes: vec![outcome] }),
            }
        }
        found
    }

    /// Every code of the pathway on every day that could make a difference: those of the course's points and findings, the
    /// due dates and the days after them, and as-of; `beside` adds the days beside all these.
    fn possible(&self, course: &Course<'a>, beside: bool) -> Vec<Event<'a>> {
        let of_answers =
            |answer: &IntervalAnswer| [answer.from, answer.to, answer.due, answer.due.and_then(|due| due.succ_opt())];
        let mut dates: Vec<NaiveDate> = course.intervals.iter().flat_map(of_answers).flatten().collect();
        dates.extend(course.findings.iter().flat_map(|finding| &finding.dates));
        dates.extend([course.start.unwrap_or(self.as_of), self.as_of]);
        if beside {
            let days: Vec<_> = dates.iter().flat_map(|date| [date.pred_opt(), date.succ_opt()]).flatten().collect();
            dates.extend(days);
        }
        dates.retain(|date| *date <= self.as_of);
        dates.sort_unstable();
        dates.dedup();
        let pathway = self.evaluator.pathways.iter().find(|prepared| prepared.pathway.id == course.pathway);
        let codes = pathway.into_iter().flat_map(|prepared| &prepared.pathway.codes);
        let event = |code, date| Event { date, code, institution: None, course: course.course_id };
        codes.flat_map(|code| dates.iter().map(move |date| event(code.code.as_str(), *date))).collect()
    }

    /// What would be judged otherwise and which findings would go; none if nothing doubtful is settled, or something else
    /// becomes doubtful.
    fn gain(
        &self,
        courses: &[Course<'a>],
        course: &Course<'a>,
        given: &[Event<'a>],
    ) -> Option<(Vec<Change<'a>>, Vec<&'a str>)> {
        let events: Vec<Event> = self.events.iter().chain(given).copied().collect();
        let again = self.evaluator.patient(course.patient, &events, self.facts, self.as_of, Options::default());
        let after = again.iter().find(|after| (after.pathway, after.course) == (course.pathway, course.course))?;
        let has = |findings: &[CourseFinding], code: &str| findings.iter().any(|finding| finding.code == code);
        let gone = course.findings.iter().map(|finding| finding.code).filter(|code| !has(&after.findings, code));
        let gone: Vec<&str> = gone.collect();
        let changes = changes(&course.intervals, &after.intervals);
        let was_in_doubt = |change: &Change| {
            course
                .intervals
                .iter()
                .find(|answer| answer.key() == change.key())
                .is_some_and(|answer| answer.status.is_in_doubt())
        };
        // Another treatment than the one that was given settles nothing.
        let settled = |change: &Change| {
            !change.status.is_in_doubt() && (change.status != Status::NotApplicable || course.state == State::Open)
        };
        let settles = !gone.is_empty() || changes.iter().any(|change| was_in_doubt(change) && settled(change));
        let harms = again.len() != courses.len()
            || changes.iter().any(|change| change.status == Status::InvalidOrder)
            || changes.iter().any(|change| change.status.is_in_doubt() && !was_in_doubt(change))
            || after.findings.iter().any(|finding| !has(&course.findings, finding.code));
        (settles && !harms).then_some((changes, gone))
    }
}
