//! Assessments of one patient, as the rest of the language has it.

use chrono::NaiveDate;
use forlop::runtime::{Event, FactEvent};
use forlop::tables::{Content, ListKind, Pathway, Tables};
use serde_json::{Value, json};

use crate::content::contents;
use crate::courses::open_in;
use crate::facts::{Patient, usable};
use crate::{criteria, investigations, routes};

/// The assessments of one patient as the JSON of section 8: one for each pathway that has anything to assess.
pub fn assess(tables: &Tables, name: &str, events: &[Event], facts: &[FactEvent], as_of: NaiveDate) -> Vec<Value> {
    let mut pathways: Vec<&Pathway> = tables.pathways.iter().collect();
    pathways.sort_by_key(|pathway| &pathway.id);

    let mut assessments = vec![];
    for pathway in pathways {
        let patient =
            Patient { pathway, known: usable(pathway, facts, as_of), open_in: open_in(tables, events, as_of) };
        let mut criteria = vec![];
        let mut routes = vec![];
        let mut investigations = vec![];
        let mut has_investigations = false;
        for content in contents(pathway) {
            match content {
                Content::Criteria(of) => criteria.push(criteria::answer(of, &patient, as_of)),
                Content::Routes(of) => routes.push(routes::answer(of, &patient, as_of)),
                Content::List(of) if of.list == ListKind::Investigations => {
                    has_investigations = true;
                    investigations.extend(investigations::answers(of, &patient, as_of));
                }
                _ => {}
            }
        }
        if !criteria.is_empty() || !routes.is_empty() || has_investigations {
            assessments.push(json!({
                "pathway": pathway.id,
                "patient": name,
                "as_of": as_of,
                "criteria": criteria,
                "routes": routes,
                "investigations": investigations,
            }));
        }
    }
    assessments
}
