//! The lower bound of `benches/peers/run`: NET counted by hand, with all that a real program must check taken for granted.
//! Rows are `patient,date,code,…` without quotation marks, all can be used, and each patient has one course.
//!
//! `scan EVENTS AS-OF [--shuffled] [--rows]`

use std::{
    env,
    fs::File,
    io::Write,
    os::unix::fs::FileExt,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    thread,
};

mod shuffled;
mod text;

use shuffled::Parts;
use text::Tables;

const WINDOW: usize = 256 << 10;
/// No patient's rows are longer.
const LONGEST_PATIENT: usize = 64 << 10;
const LONGEST_ROW: usize = 512;

/// Interval, treatment, from, to, the code that picks the treatment, limit.
const MEASURES: [(&str, &str, usize, usize, Option<u32>, usize); 8] = [
    ("OF1", "", 0, 1, None, 14),
    ("OF2", "", 1, 2, None, 21),
    ("OF3", "kirurgi", 3, 4, Some(7), 21),
    ("OF3", "medikamentell", 3, 4, Some(8), 21),
    ("OF3", "stråle", 3, 4, Some(9), 21),
    ("OF4", "kirurgi", 0, 4, Some(7), 56),
    ("OF4", "medikamentell", 0, 4, Some(8), 56),
    ("OF4", "stråle", 0, 4, Some(9), 56),
];

/// The earliest row of each point.
type Course = [u32; text::POINTS];
const NOTHING: Course = [u32::MAX; text::POINTS];

fn add(course: &mut Course, row: u32) {
    for point in text::points(row) {
        course[point] = course[point].min(row);
    }
}

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let file = &File::open(&arguments[1]).unwrap();
    let given = |option: &str| arguments.iter().any(|argument| argument == option);
    let tables = &Tables::new(arguments[2].as_bytes());
    let next = &AtomicU64::new(0);
    if given("--rows") {
        let name = |interval, treatment: &str| {
            if treatment.is_empty() { String::from(interval) } else { format!("{interval}_{treatment}") }
        };
        let columns = MEASURES.iter().map(|(interval, treatment, ..)| name(*interval, treatment));
        println!("patient{}", columns.map(|name| format!(",{name}_days,{name}_within")).collect::<String>());
    }
    let new = || Counter { days: vec![vec![0; 1 << 12]; MEASURES.len()], rows: given("--rows"), out: Vec::new() };
    let counters = if given("--shuffled") {
        let parts = on_all_cores(|| windows(file, next, tables, Parts::default()));
        let next = &AtomicUsize::new(0);
        on_all_cores(|| shuffled::count(&parts, next, new()))
    } else {
        on_all_cores(|| windows(file, next, tables, (NOTHING, new())).1)
    };
    let mut days = vec![vec![0; 1 << 12]; MEASURES.len()];
    for mut counter in counters {
        counter.flush();
        for (all, own) in days.iter_mut().flatten().zip(counter.days.iter().flatten()) {
            *all += own;
        }
    }
    if !given("--rows") {
        println!("interval,treatment,count,within,median");
        MEASURES.iter().zip(days).for_each(|((interval, treatment, .., limit), days)| {
            let (count, within): (u64, u64) = (days.iter().sum(), days[..=*limit].iter().sum());
            let mut sum = 0;
            let half = days.iter().position(|days| {
                sum += days;
                sum * 2 >= count
            });
            let median = half.unwrap_or_default();
            println!("{interval},{treatment},{count},{within},{median}");
        });
    }
}

fn on_all_cores<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get());
    thread::scope(|scope| {
        let running: Vec<_> = (0..cores).map(|_| scope.spawn(&work)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// Takes rows in the order of the file.
trait Take {
    fn row(&mut self, patient: &[u8], row: u32);
    /// The next row is another patient's.
    fn end(&mut self, patient: &[u8]);
}

/// Takes the rows of one window after another. A patient's rows belong to the window that the first of them begins in.
fn windows<T: Take>(file: &File, next: &AtomicU64, tables: &Tables, mut take: T) -> T {
    let mut bytes = vec![0; LONGEST_ROW + WINDOW + LONGEST_PATIENT];
    loop {
        let window = next.fetch_add(WINDOW as u64, Ordering::Relaxed);
        let start = window.saturating_sub(LONGEST_ROW as u64);
        let mut length = 0;
        while let read @ 1.. = file.read_at(&mut bytes[length..], start + length as u64).unwrap() {
            length += read;
        }
        let bytes = &bytes[..length];
        let begin = (window - start) as usize;
        if begin >= length {
            return take;
        }
        let is_of = |patient: &[u8], at: usize| bytes[at..].starts_with(patient) && bytes[at + patient.len()] == b',';
        let (mut at, mut patient) = (text::line_end(bytes, 0), &b""[..]);
        // The header is the first line; in other windows, the patient whom the window before has taken ends first.
        while window > 0 && at < length && (at < begin || is_of(patient, at)) {
            patient = &bytes[at..text::field_end(bytes, at)];
            at = text::line_end(bytes, at);
        }
        while at < length.min(begin + WINDOW) {
            patient = &bytes[at..text::field_end(bytes, at)];
            while at < length && is_of(patient, at) {
                let row;
                (row, at) = tables.row(bytes, at + patient.len() + 1);
                if let Some(row) = row {
                    take.row(patient, row);
                }
            }
            take.end(patient);
        }
    }
}

/// How many courses took how many days, and the rows that are not written yet.
struct Counter {
    days: Vec<Vec<u64>>,
    rows: bool,
    out: Vec<u8>,
}

impl Take for (Course, Counter) {
    fn row(&mut self, _: &[u8], row: u32) {
        add(&mut self.0, row);
    }

    fn end(&mut self, patient: &[u8]) {
        self.1.count(patient, &self.0);
        self.0 = NOTHING;
    }
}

impl Counter {
    fn count(&mut self, patient: &[u8], course: &Course) {
        if self.rows {
            self.out.extend_from_slice(patient);
        }
        for ((.., from, to, code, limit), days) in MEASURES.iter().zip(&mut self.days) {
            let (from, to) = (course[*from], course[*to]);
            let both = from != u32::MAX && to != u32::MAX && text::day(to) >= text::day(from);
            let measured = both && code.is_none_or(|code| code == text::code(to));
            let taken = text::day(to).wrapping_sub(text::day(from)) as usize;
            match (measured, self.rows) {
                (true, false) => days[taken] += 1,
                (true, true) => text::write_number(&mut self.out, taken, taken <= *limit),
                (false, true) => self.out.extend_from_slice(b",,"),
                (false, false) => {}
            }
        }
        if self.rows {
            self.out.push(b'\n');
            if self.out.len() > WINDOW {
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        std::io::stdout().write_all(&self.out).unwrap();
        self.out.clear();
    }
}
