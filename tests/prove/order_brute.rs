//! Every course up to a length, judged by the evaluator: what the analysis claims, by looking at all of them.

use chrono::{Days, NaiveDate};
use forlop::{
    runtime::{Evaluator, Event, Options, RuleResult, State},
    tables::{Pathway, Role, RuleKind, RuleSeverity, Tables},
};

/// One sequence of codes, judged.
pub struct Judged {
    pub word: Vec<usize>,
    /// Whether it is one course without course ids; what follows is then of that, else of the numbered course.
    pub one_course: bool,
    pub state: State,
    /// The worst finding; none if there is none.
    pub worst: Option<RuleSeverity>,
    /// What came of each rule.
    pub rules: Vec<RuleResult>,
    /// Interval and treatment of those with both points, in order.
    pub measured: Vec<(String, Option<String>)>,
}

/// All sequences up to a length that some days allow.
pub fn judge_all(tables: &Tables, longest: usize) -> Vec<Judged> {
    let evaluator = Evaluator::new(tables).unwrap();
    let pathway = &tables.pathways[0];
    let mut all = Vec::new();
    let mut words: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..longest {
        let longer =
            |word: &Vec<usize>| (0..pathway.codes.len()).map(|code| [word.as_slice(), &[code]].concat()).collect();
        words = words.iter().flat_map(|word| -> Vec<Vec<usize>> { longer(word) }).collect();
        words.retain(|word| dates(pathway, word).is_some());
        all.extend(words.iter().map(|word| judge(&evaluator, pathway, word)));
    }
    all
}

/// The earliest days on which the codes can come in this order.
fn dates(pathway: &Pathway, word: &[usize]) -> Option<Vec<NaiveDate>> {
    let mut day = NaiveDate::from_ymd_opt(2015, 1, 1)?;
    let mut dates = Vec::new();
    for code in word {
        let code = &pathway.codes[*code];
        day = [code.valid_from, pathway.valid_from].into_iter().flatten().fold(day, NaiveDate::max);
        if code.valid_to.is_some_and(|to| to < day) {
            return None;
        }
        dates.push(day);
        day = day.checked_add_days(Days::new(1))?;
    }
    Some(dates)
}

fn judge(evaluator: &Evaluator, pathway: &Pathway, word: &[usize]) -> Judged {
    let dates = dates(pathway, word).unwrap();
    let hospitals = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let event = |(at, code): (usize, &usize), course| {
        let institution = Some(hospitals[at]).filter(|_| pathway.codes[*code].role == Some(Role::Opens));
        Event { date: dates[at], code: &pathway.codes[*code].code, institution, course }
    };
    let as_of = *dates.last().unwrap();
    let options = Options { trace: true, ..Options::default() };
    let assembled: Vec<_> = word.iter().enumerate().map(|code| event(code, None)).collect();
    let numbered: Vec<_> = word.iter().enumerate().map(|code| event(code, Some("1"))).collect();
    let mut courses = evaluator.patient("p", &assembled, &[], as_of, options);
    let one_course = courses.len() == 1;
    if !one_course {
        courses = evaluator.patient("p", &numbered, &[], as_of, options);
    }
    let course = &courses[0];
    let severities = course.findings.iter().map(|finding| finding.severity);
    let both = course.intervals.iter().filter(|answer| answer.days.is_some_and(|days| days >= 0));
    Judged {
        word: word.to_vec(),
        one_course,
        state: course.state,
        worst: severities.min_by_key(|severity| *severity != RuleSeverity::Feil),
        rules: course.trace.as_ref().unwrap().rules.iter().map(|rule| rule.result).collect(),
        measured: both.map(|answer| (answer.interval.to_owned(), answer.treatment.map(str::to_owned))).collect(),
    }
}

impl Judged {
    /// Whether it is a course without findings as bad as this one or worse.
    pub fn is_clean_of(&self, severity: RuleSeverity) -> bool {
        self.one_course
            && match severity {
                RuleSeverity::Advarsel => self.worst.is_none(),
                RuleSeverity::Feil => self.worst != Some(RuleSeverity::Feil),
            }
    }

    pub fn breaks(&self, rule: usize) -> bool {
        self.rules[rule] == RuleResult::Broken
    }

    /// Whether the rule demands something of the course and is kept.
    pub fn keeps(&self, pathway: &Pathway, rule: usize) -> bool {
        let has = |codes: &[String]| self.word.iter().any(|code| codes.contains(&pathway.codes[*code].code));
        let demands = match &pathway.rules[rule].kind {
            RuleKind::Before { then, .. } => has(then),
            RuleKind::Triggers { first, .. } => has(first),
            RuleKind::AtMost { of, .. } | RuleKind::Exactly { of, .. } => has(of),
            RuleKind::NothingAfter { after } => has(after),
            RuleKind::NeverTogether { first, second } => has(first) || has(second),
        };
        demands && self.rules[rule] == RuleResult::Kept
    }
}

/// The first open course up to the length, clean of findings as bad as this, that can no longer end as clean.
pub fn stuck<'a>(tables: &Tables, all: &'a [Judged], severity: RuleSeverity, longest: usize) -> Option<&'a Judged> {
    const MORE: usize = 6;
    let evaluator = Evaluator::new(tables).unwrap();
    let ended = |one: &Judged| one.state != State::Open && one.is_clean_of(severity);
    let ends: Vec<_> = all.iter().filter(|one| ended(one)).collect();
    let mut open = all.iter().filter(|one| one.state == State::Open && one.is_clean_of(severity));
    open.find(|one| {
        let ends_soon = || ends.iter().any(|end| end.word.starts_with(&one.word));
        one.word.len() <= longest && !ends_soon() && !can(&evaluator, &tables.pathways[0], &one.word, MORE, &ended)
    })
}

/// Whether at most so many more codes make the word such a course.
fn can(
    evaluator: &Evaluator,
    pathway: &Pathway,
    word: &[usize],
    more: usize,
    is_such: &impl Fn(&Judged) -> bool,
) -> bool {
    (0..pathway.codes.len()).any(|code| {
        let longer = [word, &[code]].concat();
        let possible = dates(pathway, &longer).is_some();
        let judged = possible.then(|| judge(evaluator, pathway, &longer));
        let goes_on = judged.as_ref().is_some_and(|judged| judged.one_course);
        judged.is_some_and(|judged| is_such(&judged))
            || goes_on && more > 1 && can(evaluator, pathway, &longer, more - 1, is_such)
    })
}
