//! Names of courses that say nothing of the patient to those who do not have the key.
//!
//! Patients' ids are few enough to be tried one by one, so that a hash without a secret would give them away.

use std::{fs, path::Path};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{deadlines::Deadline, rows::Row};
use crate::{
    cli::{Context, Failure},
    text,
};

/// The fewest bytes that are a secret.
const LEAST: usize = 16;
/// Bytes of a reference that people read: so many that two open courses of one hospital hardly share it.
const READABLE: usize = 5;
/// Bytes of a name that only programs read.
const UNIQUE: usize = 16;

/// A hospital's secret.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    /// The key in a file; none, after a complaint, if it is too short.
    pub(super) fn read(path: &Path, context: &mut Context) -> Result<Option<Self>, Failure> {
        let file = context.folder.join(path);
        let bytes = fs::read(&file).map_err(|error| Failure::file(&file, error))?;
        let secret = Some(bytes.trim_ascii()).filter(|secret| secret.len() >= LEAST);
        let key = secret.and_then(|secret| Hmac::new_from_slice(secret).ok()).map(Key);
        if key.is_none() {
            let path = path.display();
            context.complain(&text!(
                "nøkkelen i «{path}» er for kort: den må ha minst {LEAST} tegn som ingen kan gjette",
                "the key in «{path}» is too short: it must have at least {LEAST} characters that nobody can guess"
            ))?;
        }
        Ok(key)
    }

    /// The same for a course whenever it is asked.
    pub(super) fn course(&self, row: &Row) -> String {
        self.name(&course(row), READABLE)
    }

    /// The same for a deadline of a course whenever it is asked, also when its date has moved.
    pub(super) fn deadline(&self, row: &Row, deadline: &Deadline) -> String {
        let (treatment, occurrence) = (deadline.treatments.first().cloned(), deadline.occurrence.to_string());
        let own = [deadline.interval.clone(), treatment.unwrap_or_default(), occurrence];
        self.name(&[&course(row)[..], &own].concat(), UNIQUE)
    }

    fn name(&self, parts: &[String], bytes: usize) -> String {
        let mut mac = self.0.clone();
        for part in parts {
            // With its length, so that no other parts run together to the same.
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What tells a course from all others. An id can look like a number.
fn course(row: &Row) -> [String; 4] {
    let (kind, name) = match &row.course_id {
        Some(id) => ("id", id.clone()),
        None => ("number", row.course.to_string()),
    };
    [row.patient.clone(), row.pathway.clone(), kind.to_owned(), name]
}
