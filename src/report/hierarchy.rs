//! How institutions belong together.

use std::collections::{HashMap, HashSet};

use csv::{ByteRecord, ReaderBuilder};

use super::{Level, Unit};
use crate::{lang::Text, text};

/// Which hospital, trust and region each institution belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hierarchy {
    /// Institution as the events name it, hospital, trust and region, in the order of the file.
    rows: Vec<[String; 4]>,
    /// The institutions.
    institutions: HashSet<String>,
}

/// Why a file of institutions cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HierarchyError {
    /// The line, from 1.
    pub line: u64,
    /// Why: a sentence without a full stop.
    pub text: Text,
}

const COLUMNS: [[&str; 2]; 4] =
    [["institusjon", "institution"], ["sykehus", "hospital"], ["foretak", "trust"], ["region", "region"]];

impl Hierarchy {
    /// Reads `institusjon,sykehus,foretak,region`, or the English names, in any order; comma or semicolon.
    ///
    /// # Errors
    /// The first line that cannot be used, and why.
    pub fn read(bytes: &[u8]) -> Result<Self, HierarchyError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = if header.contains(&b';') { b';' } else { b',' };
        let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
        let header = reader.byte_headers().map_err(|error| unreadable(&error))?.clone();
        let mut places = [0; 4];
        for (place, names) in places.iter_mut().zip(COLUMNS) {
            let named =
                |field: &[u8]| names.iter().any(|name| field.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
            let [nb, en] = names;
            *place = header.iter().position(named).ok_or_else(|| HierarchyError {
                line: 1,
                text: text!("overskriften mangler «{nb}»", "the header line lacks «{en}»"),
            })?;
        }
        let mut hierarchy = Hierarchy::default();
        for record in reader.byte_records() {
            let record = record.map_err(|error| unreadable(&error))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = names(&record, places).and_then(|row| hierarchy.add(row));
            row.map_err(|text| HierarchyError { line, text })?;
        }
        Ok(hierarchy)
    }

    fn add(&mut self, row: [String; 4]) -> Result<(), Text> {
        for known in &self.rows {
            for part in 1..row.len() {
                let ([child, parent], [nb, en]) = ([&row[part - 1], &row[part]], COLUMNS[part]);
                if known[part - 1] == *child && known[part] != *parent {
                    return Err(text!("«{child}» har flere enn én {nb}", "«{child}» has more than one {en}"));
                }
            }
        }
        if !self.institutions.insert(row[0].clone()) {
            let institution = &row[0];
            return Err(text!("«{institution}» står to ganger", "«{institution}» is there twice"));
        }
        self.rows.push(row);
        Ok(())
    }
}

fn names(record: &ByteRecord, places: [usize; 4]) -> Result<[String; 4], Text> {
    let mut names = [const { String::new() }; 4];
    for ((name, place), [nb, en]) in names.iter_mut().zip(places).zip(COLUMNS) {
        let field = std::str::from_utf8(record.get(place).unwrap_or_default())
            .map_err(|_| text!("raden er ikke UTF-8-tekst", "the row is not UTF-8 text"))?;
        field.trim().clone_into(name);
        if name.is_empty() {
            return Err(text!("kolonnen «{nb}» er tom", "the column «{en}» is empty"));
        }
    }
    Ok(names)
}

fn unreadable(error: &csv::Error) -> HierarchyError {
    let line = error.position().map_or(1, csv::Position::line);
    let text = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len: expected, len: found, .. } => text!(
            "raden har {found} felt, men overskriften har {expected}",
            "the row has {found} fields, but the header line has {expected}"
        ),
        _ => text!("kan ikke leses: {error}", "cannot be read: {error}"),
    };
    HierarchyError { line, text }
}

/// The units of a report.
pub(super) struct Tree {
    /// Parents before their children.
    pub units: Vec<Unit>,
    /// By the number of an institution, its unit.
    units_of: Vec<usize>,
}

impl Tree {
    /// The units of these levels, or of all if none are named, and of these institutions, the first of which is unknown.
    pub fn new(hierarchy: Option<&Hierarchy>, institutions: &[String], levels: &[Level]) -> Self {
        let nation = Unit { level: Level::Nation, name: String::new(), parent: None };
        let mut tree = Tree { units: vec![nation], units_of: vec![NATION; institutions.len()] };
        let chosen = |level: Level| levels.is_empty() || levels.contains(&level);
        let mut known = HashMap::new();
        match hierarchy {
            Some(hierarchy) => {
                let kinds = [Level::Region, Level::Trust, Level::Hospital];
                let kinds: Vec<_> = kinds.into_iter().zip([3, 2, 1]).filter(|(level, _)| chosen(*level)).collect();
                tree.grow(NATION, &hierarchy.rows.iter().collect::<Vec<_>>(), &kinds, &mut known);
            }
            None if chosen(Level::Institution) => {
                let mut names: Vec<&String> = institutions.iter().skip(1).collect();
                names.sort_unstable();
                for name in names {
                    known.insert(name.as_str(), tree.units.len());
                    tree.units.push(Unit { level: Level::Institution, name: name.clone(), parent: Some(NATION) });
                }
            }
            None => {}
        }
        if tree.units.len() > 1 {
            let unknown = tree.units.len();
            tree.units.push(Unit { level: Level::Unknown, name: String::new(), parent: Some(NATION) });
            let unit_of = |name: &String| known.get(name.as_str()).copied().unwrap_or(unknown);
            tree.units_of = std::iter::once(unknown).chain(institutions.iter().skip(1).map(unit_of)).collect();
        }
        tree
    }

    /// Adds the units of the first of these levels, each with its own of the next; rows keep their order.
    fn grow<'h>(
        &mut self,
        parent: usize,
        rows: &[&'h [String; 4]],
        levels: &[(Level, usize)],
        known: &mut HashMap<&'h str, usize>,
    ) {
        let Some(((level, column), rest)) = levels.split_first() else {
            known.extend(rows.iter().map(|row| (row[0].as_str(), parent)));
            return;
        };
        let mut left = rows.to_vec();
        while let Some(name) = left.first().map(|row| &row[*column]) {
            let (own, others): (Vec<_>, Vec<_>) = left.iter().partition(|row| row[*column] == *name);
            let unit = self.units.len();
            self.units.push(Unit { level: *level, name: name.clone(), parent: Some(parent) });
            self.grow(unit, &own, rest, known);
            left = others;
        }
    }

    /// The unit of an institution and all that it is a part of.
    pub fn above(&self, institution: u32) -> impl Iterator<Item = usize> {
        let own = self.units_of.get(institution as usize).copied();
        std::iter::successors(own, |unit| self.units.get(*unit).and_then(|unit| unit.parent))
    }

    /// The levels that there are, without the unknown.
    pub fn levels(&self) -> Vec<Level> {
        let mut levels: Vec<Level> = self.units.iter().map(|unit| unit.level).collect();
        levels.sort_unstable();
        levels.dedup();
        levels.retain(|level| *level != Level::Unknown);
        levels
    }
}

/// The place of the nation among the units.
pub(super) const NATION: usize = 0;
