//! Criteria, decision tables and investigations judged for one patient on a day.

mod answer;
mod criteria;
mod domain;
mod investigations;
mod routes;
mod settle;

pub use answer::{
    Assessment, CriteriaAnswer, CriteriaResult, InvestigationAnswer, InvestigationStatus, RouteAnswer, RouteResult,
};

use chrono::NaiveDate;

pub(super) use settle::{Asked, settle, worlds};

use super::{
    Evaluator, Event, FactEvent, condition::Conditions, error::TableError, facts::Knowledge, prepare::Prepared,
    view::View,
};
use crate::tables::{Content, ListKind, Pathway};

use criteria::Criteria;
use investigations::Investigations;
use routes::Routes;

/// What can be assessed in a pathway, made ready.
#[derive(Debug, Default)]
pub(super) struct Assessable<'t> {
    criteria: Vec<Criteria<'t>>,
    routes: Vec<Routes<'t>>,
    investigations: Investigations<'t>,
}

impl<'t> Assessable<'t> {
    pub fn new(pathway: &'t Pathway, conditions: Conditions) -> Result<Self, TableError> {
        let mut assessable = Assessable::default();
        for contents in std::iter::once(&pathway.content).chain(pathway.phases.iter().map(|phase| &phase.content)) {
            for content in contents {
                match content {
                    Content::Criteria(criteria) => assessable.criteria.push(Criteria::new(criteria, conditions)?),
                    Content::Routes(routes) => assessable.routes.push(Routes::new(routes, conditions)?),
                    _ => {}
                }
            }
            let lists = contents.iter().filter_map(|content| match content {
                Content::List(list) if list.list == ListKind::Investigations => Some(list),
                _ => None,
            });
            assessable.investigations.add(lists, conditions)?;
        }
        Ok(assessable)
    }

    fn is_empty(&self) -> bool {
        self.criteria.is_empty() && self.routes.is_empty() && self.investigations.is_empty()
    }
}

impl Evaluator<'_> {
    /// What the pathways say of one patient on the as-of date, one for each pathway that has criteria, decision tables
    /// or investigations, by its id. Events matter only where a condition asks for an open course (`i forløp`); events
    /// and facts that cannot be used, and those dated after as-of, are left out (E1).
    pub fn assess<'a>(
        &'a self,
        patient: &'a str,
        events: &'a [Event<'a>],
        facts: &'a [FactEvent<'a>],
        as_of: NaiveDate,
    ) -> Vec<Assessment<'a>> {
        let open = self.in_open_course(events, as_of);
        let pathways = self.pathways.iter().filter(|prepared| !prepared.assessable.is_empty());
        pathways.map(|prepared| prepared.assess(patient, facts, &open, as_of, true)).collect()
    }

    /// What one pathway says, and if asked for what would settle it, which takes time to find. Nothing if there is no
    /// such pathway.
    pub(crate) fn assess_in<'a>(
        &'a self,
        pathway: &str,
        events: &'a [Event<'a>],
        facts: &'a [FactEvent<'a>],
        as_of: NaiveDate,
        settle: bool,
    ) -> Option<Assessment<'a>> {
        let prepared = self.pathways.iter().find(|prepared| prepared.pathway.id == pathway)?;
        Some(prepared.assess("", facts, &self.in_open_course(events, as_of), as_of, settle))
    }
}

impl Prepared<'_> {
    fn assess<'a>(
        &'a self,
        patient: &'a str,
        facts: &'a [FactEvent<'a>],
        open: &[&str],
        as_of: NaiveDate,
        settle: bool,
    ) -> Assessment<'a> {
        let mut known = Vec::new();
        let knowledge = Knowledge::new(&mut known, self, facts, as_of);
        let view = View { open, settle, ..View::on(&knowledge, as_of) };
        Assessment {
            pathway: &self.pathway.id,
            patient,
            as_of,
            criteria: self.assessable.criteria.iter().map(|criteria| criteria.answer(&view)).collect(),
            routes: self.assessable.routes.iter().map(|routes| routes.answer(&view)).collect(),
            investigations: self.assessable.investigations.answers(&view),
        }
    }
}
