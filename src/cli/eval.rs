//! `forlop eval`: patients' courses, judged.

use std::{io::Write, path::PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{
    Context, Exit, Failure, Paths,
    answers::{AnswerTable, Answers, AssessmentTable, Csv, Json, Layout, Ndjson},
    files::replace,
    problems,
    registers::{Rows, day, evaluator, left_out, one_dash, today},
    words,
};
use crate::{
    input::Register,
    lang::Lang,
    runtime::{Assessment, Course, Evaluator, Options},
    tables::Tables,
    text,
};

/// Arguments of `eval`.
#[derive(Args, Debug)]
pub struct Eval {
    #[command(flatten)]
    paths: Paths,
    /// Events as CSV or NDJSON; - is standard input
    #[arg(long, value_name = "FILE", required_unless_present = "criteria")]
    events: Option<PathBuf>,
    /// Facts as CSV or NDJSON; - is standard input
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
    /// The day on which the courses are judged, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Judge criteria, ways on and investigations by the facts, instead of courses
    #[arg(long, requires = "facts")]
    criteria: bool,
    /// Say how late what remains of open courses can come, so that no limit is broken
    #[arg(long, conflicts_with = "criteria")]
    latest: bool,
    /// Say which unknown facts and unregistered codes would change the answers
    #[arg(long, conflicts_with = "criteria")]
    missing: bool,
    /// How the answers are written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Say why, with the line of the specification that decided
    #[arg(long)]
    explain: bool,
    /// Give exit status 1 if there are rows that cannot be used
    #[arg(long)]
    strict: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Ndjson,
    /// One row for each interval of each course
    Csv,
}

impl Eval {
    pub(super) fn run(self, context: &mut Context) -> Result<Exit, Failure> {
        if !one_dash(&self.paths, self.events.as_deref(), self.facts.as_deref(), context)? {
            return Ok(Exit::WrongUse);
        }
        if (self.latest || self.missing) && self.format == Format::Csv {
            context.complain(&text!(
                "det som gjenstår eller mangler, kan ikke skrives som csv: velg table, json eller ndjson",
                "what remains or is missing cannot be written as csv: choose table, json or ndjson"
            ))?;
            return Ok(Exit::WrongUse);
        }
        if self.criteria && self.format == Format::Csv {
            context.complain(&text!(
                "kriteriene kan ikke skrives som csv: velg table, json eller ndjson",
                "criteria cannot be written as csv: choose table, json or ndjson"
            ))?;
            return Ok(Exit::WrongUse);
        }
        let Some(tables) = self.paths.tables(context)? else {
            return Ok(Exit::Errors);
        };
        let Some(evaluator) = evaluator(&tables, context)? else {
            return Ok(Exit::Errors);
        };
        let rows = Rows::read(self.events.as_deref(), self.facts.as_deref(), context)?;
        let Some(register) = rows.register(&evaluator, context)? else {
            return Ok(Exit::Errors);
        };
        problems::write(&mut context.err, &register.problems, context.lang)?;
        if let Some(without_codes) = without_codes(&tables, context.lang).filter(|_| self.events.is_some()) {
            writeln!(context.err, "{without_codes}")?;
        }
        let as_of = self.as_of.unwrap_or_else(today);
        self.write(&tables, &evaluator, &register, as_of, context)?;
        context.out.flush()?;
        if let Some(left_out) = left_out(&register, as_of, context.lang) {
            writeln!(context.err, "{left_out}")?;
        }
        let refused = self.strict && !register.problems.is_empty();
        Ok(if refused { Exit::Errors } else { Exit::Fine })
    }

    fn write(
        &self,
        tables: &Tables,
        evaluator: &Evaluator,
        register: &Register,
        as_of: NaiveDate,
        context: &mut Context,
    ) -> Result<(), Failure> {
        let (lang, width) = (context.lang, context.width);
        let table = self.format == Format::Table;
        // The table gives the reason of each variant.
        let options = Options { lang, latest: self.latest, missing: self.missing, trace: self.explain || table };
        let judge = |out: &mut dyn Write, colour: bool| {
            let layout = Layout { lang, width, colour, explain: self.explain };
            if self.criteria {
                let mut answers: Box<dyn for<'a> Answers<Assessment<'a>> + '_> = match self.format {
                    Format::Table => Box::new(AssessmentTable::new(out, tables, as_of, layout)),
                    Format::Json => Box::new(Json::new(out)),
                    Format::Ndjson | Format::Csv => Box::new(Ndjson(out)),
                };
                for (patient, rows) in register.patients() {
                    for assessment in evaluator.assess(patient, &rows.events(), &rows.facts(), as_of) {
                        answers.answer(&assessment)?;
                    }
                }
                return answers.finish();
            }
            let mut answers: Box<dyn for<'a> Answers<Course<'a>> + '_> = match self.format {
                Format::Table => Box::new(AnswerTable::new(out, tables, as_of, layout)),
                Format::Json => Box::new(Json::new(out)),
                Format::Ndjson => Box::new(Ndjson(out)),
                Format::Csv => Box::new(Csv::new(out)?),
            };
            for (patient, rows) in register.patients() {
                for course in evaluator.patient(patient, &rows.events(), &rows.facts(), as_of, options) {
                    answers.answer(&course)?;
                }
            }
            answers.finish()
        };
        match &self.output {
            None => Ok(judge(&mut context.out, true)?),
            Some(path) => replace(&context.folder.join(path), |out| judge(out, false)),
        }
    }
}

/// One line about the pathways that no event can belong to; none if there are none.
pub(super) fn without_codes(tables: &Tables, lang: Lang) -> Option<String> {
    let ids = tables.pathways.iter().filter(|pathway| pathway.prefix.is_none());
    let ids: Vec<String> = ids.map(|pathway| format!("«{}»", pathway.id)).collect();
    let names = words::list(&ids, lang);
    let line = match ids.len() {
        0 => return None,
        1 => text!(
            "{names} har ikke noe kjent kodeprefiks, så ingen hendelse kan høre til det.",
            "{names} has no known code prefix, so no event can belong to it."
        ),
        _ => text!(
            "{names} har ikke noe kjent kodeprefiks, så ingen hendelse kan høre til dem.",
            "{names} have no known code prefix, so no event can belong to them."
        ),
    };
    Some(line.get(lang).to_owned())
}
