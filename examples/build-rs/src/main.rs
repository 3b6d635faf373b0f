//! Judges one patient by a pathway that `build.rs` compiles into the program.

use forlop::{
    chrono::NaiveDate,
    runtime::{Event, FactEvent, Options},
};
use pathways::a39;

mod pathways {
    include!(concat!(env!("OUT_DIR"), "/pathways.rs"));
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows = [("2024-01-08", a39::A39A), ("2024-01-18", a39::A39S), ("2024-02-12", a39::A39CK)];
    let mut events = Vec::new();
    for (date, code) in rows {
        events.push(Event { date: date.parse()?, code, institution: None, course: None });
    }
    let facts = [FactEvent { date: None, fact: a39::Fact::Karsinom.as_str(), value: "utelukket" }];
    let as_of: NaiveDate = "2024-02-20".parse()?;
    for course in pathways::evaluator()?.patient("p1", &events, &facts, as_of, Options::default()) {
        for answer in &course.intervals {
            let interval = a39::Interval::find(answer.interval).ok_or("not of these tables")?;
            let treatment = answer.treatment.unwrap_or("-");
            println!("{interval:?} {treatment} {}", answer.status.word());
        }
    }
    Ok(())
}
