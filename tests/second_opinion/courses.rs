//! Which events belong to which course: E1, E2, E3 and E10.

use chrono::NaiveDate;
use forlop::runtime::Event;
use forlop::tables::{Code, Pathway, Role, Tables};

/// An event whose code the pathway declares.
#[derive(Clone, Copy, PartialEq)]
pub struct Coded<'a> {
    pub date: NaiveDate,
    pub code: &'a Code,
    institution: Option<&'a str>,
    course: Option<&'a str>,
}

impl Coded<'_> {
    fn plays(&self, role: Role) -> bool {
        self.code.role == Some(role)
    }

    pub fn is_one_of(&self, codes: &[String]) -> bool {
        codes.contains(&self.code.code)
    }
}

/// The events of one course in the order of E2, and the dates of what E3 finds wrong with them.
pub struct Course<'a> {
    pub id: Option<&'a str>,
    pub events: Vec<Coded<'a>>,
    pub missing_start: Vec<NaiveDate>,
    pub duplicate_start: Vec<NaiveDate>,
    pub event_after_end: Vec<NaiveDate>,
}

impl<'a> Course<'a> {
    fn begin_with(event: Coded<'a>) -> Self {
        Course {
            id: event.course,
            events: vec![event],
            missing_start: vec![],
            duplicate_start: vec![],
            event_after_end: vec![],
        }
    }

    /// E10. A closing code counts for more than a completing one.
    pub fn state(&self) -> &'static str {
        if self.events.iter().any(|event| event.plays(Role::Closes)) {
            "closed"
        } else if self.events.iter().any(|event| event.plays(Role::Completes)) {
            "completed"
        } else {
            "open"
        }
    }

    /// E10: the phase of the last event whose code has one.
    pub fn phase(&self) -> Option<&'a str> {
        self.events.iter().filter_map(|event| event.code.phase.as_deref()).next_back()
    }

    /// The date of the first opening code.
    pub fn start(&self) -> Option<NaiveDate> {
        self.events.iter().find(|event| event.plays(Role::Opens)).map(|event| event.date)
    }

    /// E7: the day on which a row must be valid: the start, else the first event's date.
    pub fn day_of_rows(&self) -> NaiveDate {
        self.start().unwrap_or(self.events[0].date)
    }
}

/// The courses of one patient in one pathway, in the order of their numbers.
pub fn assemble<'a>(pathway: &'a Pathway, events: &[Event<'a>], as_of: NaiveDate) -> Vec<Course<'a>> {
    // E1: codes that are declared and valid on their date only, nothing after as-of, everything once.
    let mut chosen: Vec<Coded> = vec![];
    for event in events {
        if event.date > as_of {
            continue;
        }
        let Some(code) = pathway.codes.iter().find(|code| code.code == event.code) else {
            continue;
        };
        if !is_within(event.date, pathway.valid_from, pathway.valid_to)
            || !is_within(event.date, code.valid_from, code.valid_to)
        {
            continue;
        }
        let coded = Coded { date: event.date, code, institution: event.institution, course: event.course };
        if !chosen.contains(&coded) {
            chosen.push(coded);
        }
    }

    // E2: by date, then by the template's order of codes, then (the sort is stable) as they came.
    chosen.sort_by_key(|event| {
        let declared = pathway.codes.iter().position(|code| code.code == event.code.code);
        (event.date, declared)
    });

    // E3. Each course is made when its first event comes, so that its place in the list is its number.
    let mut courses: Vec<Course> = vec![];
    for event in chosen {
        match event.course {
            Some(_) => match courses.iter_mut().find(|course| course.id == event.course) {
                Some(course) => course.events.push(event),
                None => courses.push(Course::begin_with(event)),
            },
            None => place(&mut courses, event),
        }
    }
    courses
}

fn is_within(day: NaiveDate, first: Option<NaiveDate>, last: Option<NaiveDate>) -> bool {
    first.is_none_or(|first| first <= day) && last.is_none_or(|last| day <= last)
}

/// The pathways in which the patient has an open course on the day.
pub fn open_in<'a>(tables: &'a Tables, events: &[Event<'a>], day: NaiveDate) -> Vec<&'a str> {
    let has_open = |pathway: &&Pathway| assemble(pathway, events, day).iter().any(|course| course.state() == "open");
    tables.pathways.iter().filter(has_open).map(|pathway| pathway.id.as_str()).collect()
}

/// E3 for an event without course id; such events are assembled among themselves.
fn place<'a>(courses: &mut Vec<Course<'a>>, event: Coded<'a>) {
    let opens = event.plays(Role::Opens);
    match courses.iter_mut().rfind(|course| course.id.is_none()) {
        None if opens => courses.push(Course::begin_with(event)),
        None => {
            let mut course = Course::begin_with(event);
            course.missing_start.push(event.date);
            courses.push(course);
        }
        Some(latest) if opens => {
            if latest.state() == "open" {
                if !may_open_again(latest, event) {
                    latest.duplicate_start.push(event.date);
                }
                latest.events.push(event);
            } else {
                courses.push(Course::begin_with(event));
            }
        }
        Some(latest) => {
            if latest.state() == "closed" {
                latest.event_after_end.push(event.date);
            }
            latest.events.push(event);
        }
    }
}

/// E3: whether an opening code in an open course is the first, or a re-registration that is fine.
fn may_open_again(course: &Course, event: Coded) -> bool {
    let earlier: Vec<usize> = (0..course.events.len()).filter(|&at| course.events[at].plays(Role::Opens)).collect();
    let Some(&latest) = earlier.last() else {
        return true;
    };
    let elsewhere = event.institution.is_some()
        && earlier.iter().all(|&at| {
            let institution = course.events[at].institution;
            institution.is_some() && institution != event.institution
        });
    let transferred = course.events[latest + 1..].iter().any(|event| event.plays(Role::Transfers));
    elsewhere || transferred
}
