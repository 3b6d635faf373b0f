//! Patients' answers, each thread's on its own, and all of them in one file.

use std::{io, io::Write, mem};

use chrono::NaiveDate;

#[cfg(feature = "parquet")]
use super::answers::Table;
use super::{
    answers::{Answers, Json, Rows},
    files::Replacement,
};
use crate::{
    input::{Patient, Visitor},
    runtime::{Assessment, Course, Evaluator, Event, Options, Workspace},
};

/// What is asked of each patient.
#[derive(Clone, Copy)]
pub(super) struct Ask<'e> {
    pub evaluator: &'e Evaluator<'e>,
    pub as_of: NaiveDate,
    pub options: Options,
}

/// How answers are written.
pub(super) enum Way<'e> {
    /// Courses as rows.
    Rows(Box<dyn Rows + Send + 'e>),
    /// Courses with all that is known of them.
    Courses(Box<dyn for<'a> Answers<Course<'a>> + Send + 'e>),
    /// Criteria, ways on and investigations.
    Assessments(Box<dyn for<'a> Answers<Assessment<'a>> + Send + 'e>),
}

/// Answers about the patients that one thread is shown.
pub(super) struct Answering<'e> {
    ask: Ask<'e>,
    workspace: Workspace<'e>,
    way: Way<'e>,
    rows: Vec<u8>,
    /// The first answer that could not be put into words ends the work.
    answered: io::Result<()>,
}

impl<'e> Answering<'e> {
    pub fn new(ask: Ask<'e>, way: Way<'e>) -> Self {
        Answering { ask, workspace: ask.evaluator.workspace(), way, rows: Vec::new(), answered: Ok(()) }
    }

    /// What comes after the last answer.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        self.answered?;
        match &mut self.way {
            Way::Rows(_) => {}
            Way::Courses(courses) => courses.finish()?,
            Way::Assessments(assessments) => assessments.finish()?,
        }
        Ok(mem::take(self.way.out(&mut self.rows)))
    }

    fn answer<'a>(&mut self, patient: Patient<'_, 'a>) -> io::Result<()>
    where
        Self: 'a,
    {
        let Ask { evaluator, as_of, options } = self.ask;
        let Patient { name, events, facts } = patient;
        let mut answered = Ok(());
        match &mut self.way {
            Way::Rows(rows) => {
                self.workspace.judge(name, events, facts, as_of, &mut |judged| rows.course(&mut self.rows, judged));
            }
            Way::Courses(courses) if options.missing => {
                let events: Vec<Event> = events.iter().map(|coded| evaluator.event(coded)).collect();
                for course in evaluator.patient(name, &events, facts, as_of, options) {
                    courses.answer(&course)?;
                }
            }
            Way::Courses(courses) => self.workspace.judge(name, events, facts, as_of, &mut |judged| {
                if answered.is_ok() {
                    answered = courses.answer(&judged.course(options));
                }
            }),
            Way::Assessments(assessments) => {
                let events: Vec<Event> = events.iter().map(|coded| evaluator.event(coded)).collect();
                for assessment in evaluator.assess(name, &events, facts, as_of) {
                    assessments.answer(&assessment)?;
                }
            }
        }
        answered
    }
}

impl Way<'_> {
    fn out<'w>(&'w mut self, rows: &'w mut Vec<u8>) -> &'w mut Vec<u8> {
        match self {
            Way::Rows(_) => rows,
            Way::Courses(courses) => courses.out(),
            Way::Assessments(assessments) => assessments.out(),
        }
    }
}

impl Visitor for Answering<'_> {
    const WRITES: bool = true;

    fn patient<'a>(&mut self, patient: Patient<'_, 'a>)
    where
        Self: 'a,
    {
        if self.answered.is_ok() {
            self.answered = self.answer(patient);
        }
    }

    fn written(&mut self, room: Vec<u8>) -> Vec<u8> {
        mem::replace(self.way.out(&mut self.rows), room)
    }
}

/// The file or stream that all answers go to.
pub(super) struct Sheet<'o> {
    out: Target<'o>,
    /// What is before the first answers.
    header: Vec<u8>,
    /// An array's brackets are written here, for no thread knows which answer is the first.
    is_array: bool,
    begun: bool,
    /// Rows become a table.
    #[cfg(feature = "parquet")]
    table: Option<Table>,
}

/// A file or a stream.
pub(super) enum Target<'o> {
    File(&'o mut Replacement),
    Stream(&'o mut dyn Write),
}

impl Write for Target<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::File(file) => file.write(bytes),
            Target::Stream(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::File(file) => file.flush(),
            Target::Stream(stream) => stream.flush(),
        }
    }
}

impl<'o> Sheet<'o> {
    pub fn new(out: Target<'o>, way: &Way, is_array: bool) -> Self {
        let header = match way {
            Way::Rows(rows) => rows.header(),
            Way::Courses(_) | Way::Assessments(_) => Vec::new(),
        };
        Sheet {
            out,
            header,
            is_array,
            begun: false,
            #[cfg(feature = "parquet")]
            table: None,
        }
    }

    /// The same rows as Parquet.
    #[cfg(feature = "parquet")]
    pub fn table(mut self) -> io::Result<Self> {
        let header = String::from_utf8_lossy(&self.header);
        let names: Vec<&str> = header.trim_end().split(',').collect();
        self.table = Some(Table::new(&names)?);
        Ok(self)
    }

    /// Whether what has been written can be taken back.
    pub fn can_start_over(&self) -> bool {
        #[cfg(feature = "parquet")]
        if self.table.is_some() {
            return false;
        }
        matches!(&self.out, Target::File(file) if file.can_start_over())
    }

    /// Takes back what has been written.
    pub fn start_over(&mut self) -> io::Result<()> {
        self.begun = false;
        match &mut self.out {
            Target::File(file) => file.start_over(),
            Target::Stream(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Writes answers.
    pub fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        #[cfg(feature = "parquet")]
        if let Some(table) = &mut self.table {
            return self.out.write_all(&table.add(bytes)?);
        }
        if !self.begun {
            self.begun = true;
            self.out.write_all(&self.header)?;
            if self.is_array {
                bytes = bytes.strip_prefix(Json::BETWEEN).unwrap_or(bytes);
                self.out.write_all(Json::BEGIN)?;
            }
        }
        self.out.write_all(bytes)
    }

    /// Writes the last answers and what comes after them.
    pub fn finish(mut self, last: &[u8]) -> io::Result<()> {
        #[cfg(feature = "parquet")]
        if let Some(mut table) = self.table {
            self.out.write_all(&table.add(last)?)?;
            self.out.write_all(&table.finish()?)?;
            return self.out.flush();
        }
        match (self.begun || !last.is_empty(), self.is_array) {
            (false, true) => self.out.write_all(Json::NONE)?,
            (_, is_array) => {
                self.write(last)?;
                self.out.write_all(if is_array { Json::END } else { b"" })?;
            }
        }
        self.out.flush()
    }
}
