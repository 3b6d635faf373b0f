//! Asks a DMN engine every question that the emitted decisions can tell apart, and the runtime the same: `dmn-engine
//! TABLES.json FOLDER`. Exit status 1 at the first answer that differs, with the question.

mod ask;
mod worlds;

use std::{env, error::Error, fs, process::ExitCode};

use chrono::NaiveDate;
use dsntk_model::DmnElement;
use dsntk_model_evaluator::ModelEvaluator;
use forlop::{
    runtime::{Course, Evaluator, Event, Options},
    tables::{Content, Pathway, Role, Tables},
};
use serde_json::{Value, json};

use ask::Model;
use worlds::{World, worlds};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let [_, tables, folder] =
        env::args().collect::<Vec<_>>().try_into().map_err(|_| "usage: dmn-engine TABLES FOLDER")?;
    let tables: Tables = serde_json::from_str(&fs::read_to_string(tables)?)?;
    let mut total = 0;
    for pathway in &tables.pathways {
        let file = format!("{folder}/{}.dmn", pathway.id);
        let definitions =
            dsntk_model::parse(&fs::read_to_string(&file)?).map_err(|error| format!("{file}: {error}"))?;
        let namespace = definitions.namespace().to_string();
        let evaluator = ModelEvaluator::new(&[definitions]).map_err(|error| format!("{file}: {error}"))?;
        let model = Model { evaluator, namespace, name: pathway.id.clone() };
        let tables = Tables { pathways: vec![pathway.clone()], ..tables.clone() };
        let asked = Comparison { pathway, runtime: &Evaluator::new(&tables)?, model: &model }.all();
        let asked = asked.map_err(|error| format!("{file}: {error}"))?;
        println!("{}: {asked} answers agree", pathway.id);
        total += asked;
    }
    println!("{} pathways, {total} answers agree", tables.pathways.len());
    Ok(())
}

/// One pathway in the runtime and in the engine.
struct Comparison<'c> {
    pathway: &'c Pathway,
    runtime: &'c Evaluator<'c>,
    model: &'c Model,
}

impl Comparison<'_> {
    fn all(&self) -> Result<usize> {
        Ok(self.variants_and_limits()? + self.routes()?)
    }

    fn variants_and_limits(&self) -> Result<usize> {
        let conditions: Vec<_> = self.pathway.variants.iter().map(|variant| &variant.when).collect();
        let mut asked = 0;
        let mut reached: Vec<String> = Vec::new();
        let day = self.day()?;
        for world in worlds(self.pathway, &conditions) {
            let course = self.course(&world, day).ok_or("the runtime sees no course")?;
            let variant = course["variant"].as_str().unwrap_or_default().to_owned();
            self.agree("variant", &world, json!({"variant": variant, "basis": course["variant_basis"]}))?;
            asked += 1;
            if !reached.contains(&variant) {
                asked += self.limits(&world)?;
                reached.push(variant);
            }
        }
        match reached.len() == self.pathway.variants.len() + 1 {
            true => Ok(asked),
            false => Err(format!("only the variants {reached:?} were reached").into()),
        }
    }

    /// Every interval and treatment, for a course that starts around each day on which the rows change.
    fn limits(&self, world: &World) -> Result<usize> {
        if self.pathway.limits.is_empty() {
            return Ok(0);
        }
        let changes = self.pathway.limits.iter().flat_map(|row| [row.valid_from, row.valid_to]).flatten();
        let around = changes.flat_map(|day| [day.pred_opt(), Some(day), day.succ_opt()]).flatten();
        let mut asked = 0;
        for day in around.chain([self.day()?]) {
            // A day on which no code can be dated starts no course.
            let Some(course) = self.course(world, day) else { continue };
            let intervals = course["intervals"].as_array().ok_or("no intervals")?;
            let traces = course["trace"]["intervals"].as_array().ok_or("no trace")?;
            for (interval, trace) in intervals.iter().zip(traces) {
                let expected = match &trace["row"] {
                    Value::Null => Value::Null,
                    _ => {
                        json!({"form": trace["form"], "minimum": trace["minimum"], "amount": interval["limit"], "unit": interval["unit"]})
                    }
                };
                let mut world = world.clone();
                world.inputs.push(("interval".into(), interval["interval"].clone()));
                world.inputs.push(("treatment".into(), interval["treatment"].clone()));
                world.inputs.push(("course_start".into(), json!({ "date": day })));
                self.agree("limit", &world, expected)?;
                asked += 1;
            }
        }
        Ok(asked)
    }

    fn routes(&self) -> Result<usize> {
        let contents = self.pathway.phases.iter().flat_map(|phase| &phase.content).chain(&self.pathway.content);
        let mut asked = 0;
        for content in contents {
            let Content::Routes(routes) = content else { continue };
            let conditions: Vec<_> =
                routes.when.iter().chain(routes.rows.iter().filter_map(|row| row.when.as_ref())).collect();
            for world in worlds(self.pathway, &conditions) {
                let facts = world.facts();
                let assessed = self.runtime.assess("p", &[], &facts, self.day()?);
                let assessed = serde_json::to_value(assessed)?;
                let answers = assessed[0]["routes"].as_array().ok_or("no routes")?;
                let answer =
                    answers.iter().find(|answer| answer["route"] == json!(routes.name)).ok_or("no such route")?;
                let outcome = &answer["outcome"];
                let target = &outcome["target"];
                let expected = json!({
                    "result": answer["result"], "row": answer["row"], "outcome": outcome["outcome"], "to": target["to"],
                    "target": target.get("id").or(target.get("title")), "strength": outcome["strength"], "text": outcome["text"],
                });
                self.agree(&format!("route_{}", routes.name), &world, expected)?;
                asked += 1;
            }
        }
        Ok(asked)
    }

    fn agree(&self, decision: &str, world: &World, expected: Value) -> Result<()> {
        let found = self.model.ask(decision, &world.inputs)?;
        if found == expected {
            return Ok(());
        }
        Err(format!("{decision} of {:?}\n  runtime: {expected}\n  engine:  {found}", world.inputs).into())
    }

    /// The course that opens on a day, as JSON, with the facts known from the beginning.
    fn course(&self, world: &World, day: NaiveDate) -> Option<Value> {
        let codes = &self.pathway.codes;
        let code = &codes.iter().find(|code| code.role == Some(Role::Opens)).or(codes.first())?.code;
        let events = [Event { date: day, code, institution: None, course: None }];
        let facts = world.facts();
        let options = Options { trace: true, ..Options::default() };
        let courses: Vec<Course> = self.runtime.patient("p", &events, &facts, day, options);
        serde_json::to_value(courses.first()?).ok()
    }

    /// A day on which the codes can be dated, after all that the worlds date.
    fn day(&self) -> Result<NaiveDate> {
        let day = NaiveDate::from_ymd_opt(2024, 6, 3).ok_or("no such day")?;
        Ok(self.pathway.valid_to.map_or(day, |last| last.min(day)))
    }
}
