//! The list as a calendar (RFC 5545): an entry on each due date.
//!
//! A calendar is soon somewhere else than in the hospital, so that nothing in it names a patient unless it is asked for.

use std::{
    io::{self, Write},
    slice,
};

use chrono::{Duration, NaiveDate, NaiveTime};
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, Property, Related};

use super::{
    Worklist,
    deadlines::{Deadline, points},
    reference::Key,
    rows::Row,
    words::{course, next, remarks, responsible, standing},
};
use crate::{
    cli::{answers::printable, words},
    lang::Lang,
    text,
};

/// When a calendar rings on its day: nobody shall be woken at midnight.
const MORNING: i64 = 8;

/// Writes the courses that have a due date.
pub(super) fn write(
    out: &mut impl Write,
    rows: &[Row],
    as_of: NaiveDate,
    key: &Key,
    asked: &Worklist,
    lang: Lang,
) -> io::Result<()> {
    let mut calendar = Calendar::empty();
    for (name, value) in
        [("VERSION", "2.0"), ("PRODID", "-//forlop//worklist//NO"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(text!("Frister i pakkeforløp", "Due dates of pathways").get(lang));
    let last = asked.last(as_of);
    for row in rows {
        for deadline in &row.under_way {
            let due = deadline.due.filter(|due| last.is_none_or(|last| *due <= last));
            if let Some((due, left)) = due.zip(deadline.days_left) {
                let event = Entry { row, deadline, due, left, as_of, asked, lang };
                calendar.push(event.event(&key.deadline(row, deadline)));
            }
        }
    }
    write!(out, "{calendar}")
}

struct Entry<'r> {
    row: &'r Row,
    deadline: &'r Deadline,
    due: NaiveDate,
    left: i64,
    as_of: NaiveDate,
    asked: &'r Worklist,
    lang: Lang,
}

impl Entry<'_> {
    fn event(&self, uid: &str) -> Event {
        let stamp = self.as_of.and_time(NaiveTime::MIN).and_utc();
        let category = if self.left < 0 { text!("Over fristen", "Overdue") } else { text!("Frist", "Due") };
        let mut event = Event::new();
        event
            .uid(uid)
            .timestamp(stamp)
            // A date without a time lasts the day; and the day is not taken.
            .starts(self.due)
            .add_property("TRANSP", "TRANSPARENT")
            .class(Class::Private)
            .categories([category.get(self.lang), self.row.pathway.as_str()])
            .summary(&self.summary())
            .description(&self.description());
        // What is overdue has nothing to warn of; what is due sooner rings on the as-of date.
        if let Some(days) = self.asked.alarm.map(|days| self.left.min(days.into())).filter(|days| *days >= 0) {
            let rings = Duration::hours(MORNING) - Duration::days(days);
            let mut alarm = Alarm::display(&self.named(&standing(days, self.lang)), (rings, Related::Start));
            // Else the library writes the time of day and a name by chance.
            alarm.timestamp(stamp).uid(&format!("{uid}-alarm"));
            event.alarm(alarm);
        }
        event.done()
    }

    fn summary(&self) -> String {
        let (day, left) = (words::date(self.as_of, self.lang), standing(self.left, self.lang));
        self.named(text!("{left} per {day}", "{left} as of {day}").get(self.lang))
    }

    /// Which interval of which course, and how it stands.
    fn named(&self, standing: &str) -> String {
        let line = format!("{} {}: {standing}", self.row.pathway, self.deadline.name);
        let whose = match (&self.row.reference, self.asked.with_patients) {
            (_, true) => Some(printable(&self.row.patient)),
            (reference, false) => reference.clone(),
        };
        [Some(line), whose].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn description(&self) -> String {
        let lang = self.lang;
        let mut lines = vec![self.row.title.clone(), self.deadline.label.clone()];
        if self.asked.with_patients {
            let course = course(self.row);
            lines.push(text!("Forløp: {course}", "Course: {course}").get(lang).to_owned());
        }
        if let Some(reference) = &self.row.reference {
            lines.push(text!("Referanse: {reference}", "Reference: {reference}").get(lang).to_owned());
        }
        lines.extend(responsible(self.row, lang));
        let next = next(&points(slice::from_ref(self.deadline)), lang);
        lines.extend(next.iter().map(|next| text!("Neste: {next}", "Next: {next}").get(lang).to_owned()));
        lines.extend(remarks(self.row, lang));
        lines.join("\n")
    }
}
