//! Decision tables: the first row that holds.

use super::{
    super::{condition::Conditions, error::TableError, logic::Test, view::View},
    RouteAnswer, RouteResult,
    settle::{Asked, settle},
};
use crate::tables;

/// A decision table made ready.
#[derive(Debug)]
pub(super) struct Routes<'t> {
    routes: &'t tables::Routes,
    when: Option<Test>,
    /// By row; none always holds.
    rows: Vec<Option<Test>>,
}

impl<'t> Routes<'t> {
    pub fn new(routes: &'t tables::Routes, conditions: Conditions) -> Result<Self, TableError> {
        let name = &routes.name;
        let rows = routes.rows.iter().map(|row| conditions.optional(name, row.when.as_ref()));
        Ok(Routes {
            routes,
            when: conditions.optional(name, routes.when.as_ref())?,
            rows: rows.collect::<Result<_, _>>()?,
        })
    }

    pub fn answer<'a>(&'a self, view: &View<'_, 'a>) -> RouteAnswer<'a> {
        let (result, row) = self.result(view);
        let mut answer = RouteAnswer {
            route: &self.routes.name,
            result,
            row: row.map(|row| row + 1),
            outcome: row.and_then(|row| self.routes.rows.get(row)).map(|row| &row.outcome),
            possible: Vec::new(),
            settled_by: Vec::new(),
        };
        if result == RouteResult::Unknown {
            answer.possible = self.possible(view);
            let is_settled = |view: &View| matches!(self.result(view).0, RouteResult::Decided | RouteResult::None);
            answer.settled_by = settle(view, |asked| self.ask(asked), is_settled);
        }
        answer
    }

    /// An unknown row stops the search.
    fn result(&self, view: &View) -> (RouteResult, Option<usize>) {
        match holds(self.when.as_ref(), view) {
            None => return (RouteResult::Unknown, None),
            Some(false) => return (RouteResult::NotApplicable, None),
            Some(true) => {}
        }
        for (number, row) in self.rows.iter().enumerate() {
            match holds(row.as_ref(), view) {
                None => return (RouteResult::Unknown, None),
                Some(false) => {}
                Some(true) => return (RouteResult::Decided, Some(number)),
            }
        }
        (RouteResult::None, None)
    }

    /// The rows that are not false, from 1, to the first that is true.
    fn possible(&self, view: &View) -> Vec<usize> {
        let mut possible = Vec::new();
        for (row, number) in self.rows.iter().zip(1..) {
            let truth = holds(row.as_ref(), view);
            possible.extend((truth != Some(false)).then_some(number));
            if truth == Some(true) {
                break;
            }
        }
        possible
    }

    fn ask(&self, asked: &mut Asked) {
        self.when.iter().chain(self.rows.iter().flatten()).for_each(|test| asked.test(test));
    }
}

fn holds(when: Option<&Test>, view: &View) -> Option<bool> {
    when.map_or(Some(true), |when| when.holds(view))
}
