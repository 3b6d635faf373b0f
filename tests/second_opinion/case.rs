//! One patient as the register has it.

use std::fmt;

use chrono::NaiveDate;
use forlop::runtime::{Event, FactEvent};

use crate::notation::date;

/// One patient on one day.
pub struct Case {
    pub events: Vec<CaseEvent>,
    pub facts: Vec<CaseFact>,
    pub as_of: NaiveDate,
}

#[derive(Clone)]
pub struct CaseEvent {
    pub date: NaiveDate,
    pub code: String,
    pub institution: Option<String>,
    pub course: Option<String>,
}

pub struct CaseFact {
    pub date: Option<NaiveDate>,
    pub fact: String,
    pub value: String,
}

impl Case {
    /// A patient in `B1` with one fact as given and the others as they must be for that one to decide.
    pub fn of_one_fact(fact: &str, value: &str) -> Self {
        let size = if fact == "spredning" { "3" } else { "1" };
        let mut facts = vec![("alder", "40"), ("størrelse", size), ("funn", "lett"), ("spredning", "nei")];
        facts.retain(|(name, _)| *name != fact);
        facts.push((fact, value));
        let fact = |(fact, value): (&str, &str)| CaseFact { date: None, fact: fact.into(), value: value.into() };
        let day = date("2024-01-08");
        let event = CaseEvent { date: day, code: "B1A".into(), institution: None, course: None };
        Case { events: vec![event], facts: facts.into_iter().map(fact).collect(), as_of: day }
    }

    pub fn events(&self) -> Vec<Event<'_>> {
        let mut events = vec![];
        for CaseEvent { date, code, institution, course } in &self.events {
            let (institution, course) = (institution.as_deref(), course.as_deref());
            events.push(Event { date: *date, code, institution, course });
        }
        events
    }

    pub fn facts(&self) -> Vec<FactEvent<'_>> {
        self.facts.iter().map(|CaseFact { date, fact, value }| FactEvent { date: *date, fact, value }).collect()
    }
}

/// As the files of events and facts would have it.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        writeln!(f, "as of {}\ndato,kode,institusjon,forlop", self.as_of)?;
        for CaseEvent { date, code, institution, course } in &self.events {
            writeln!(f, "{date},{code},{},{}", text(institution), text(course))?;
        }
        writeln!(f, "dato,opplysning,verdi")?;
        for CaseFact { date, fact, value } in &self.facts {
            writeln!(f, "{},{fact},{value}", text(&date.map(|date| date.to_string())))?;
        }
        Ok(())
    }
}
