//! How far a long reading has come, for those who wait.

use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use terminal_size::terminal_size_of;

use crate::{input, lang::Lang, text};

/// Nobody waits before this.
const PATIENCE: Duration = Duration::from_millis(500);
/// Nobody reads faster than this.
const BETWEEN: Duration = Duration::from_millis(100);
/// What lies further back says little of the pace.
const RECENTLY: Duration = Duration::from_secs(5);
/// How many characters the bar has, where there is room for it.
const BAR: usize = 30;
/// As wide as a terminal that does not say.
const USUAL: usize = 80;

/// A line on standard error.
pub(super) struct Progress {
    bar: ProgressBar,
    began: Instant,
    pace: RefCell<Pace>,
    lang: Lang,
}

impl Progress {
    /// A line if someone looks at standard error and it does not disturb the answers; else none.
    pub fn new(answers_to_file: bool, lang: Lang) -> Option<Self> {
        let is_seen = io::stderr().is_terminal() && (answers_to_file || !io::stdout().is_terminal());
        is_seen.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{msg}") {
                bar.set_style(style);
            }
            Progress { bar, began: Instant::now(), pace: RefCell::default(), lang }
        })
    }

    /// Shows how far it has come.
    pub fn tell(&self, seen: input::Progress) {
        let mut pace = self.pace.borrow_mut();
        if pace.see(seen, self.began.elapsed()) {
            let width = terminal_size_of(io::stderr()).map_or(USUAL, |(width, _)| width.0.into());
            self.bar.set_message(line(seen, &pace, width, self.lang));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What was seen in the last seconds of one way through the files, and when.
#[derive(Default)]
struct Pace {
    marks: VecDeque<(Duration, input::Progress)>,
    /// Whether rows were read between the last two.
    reads: bool,
}

impl Pace {
    /// Takes what is seen; says whether it is time to show it.
    fn see(&mut self, seen: input::Progress, now: Duration) -> bool {
        if let Some((last, before)) = self.marks.back().copied() {
            let reads = seen.rows > before.rows;
            if seen.bytes < before.bytes {
                // Rows in disorder are begun with again.
                self.marks.clear();
            } else if now < last + BETWEEN {
                return false;
            } else if reads != self.reads {
                self.marks.drain(..self.marks.len() - 1);
            }
            self.reads = reads;
        }
        self.marks.push_back((now, seen));
        while self.marks.get(1).is_some_and(|(next, _)| *next + RECENTLY <= now) {
            self.marks.pop_front();
        }
        now >= PATIENCE
    }

    /// How long ago the first was seen, and what has come since: bytes and rows.
    fn since(&self) -> Option<(u128, u64, usize)> {
        let ((from, first), (to, last)) = self.marks.front().zip(self.marks.back())?;
        let passed = Some(to.saturating_sub(*from).as_millis()).filter(|passed| *passed > 0)?;
        Some((passed, last.bytes - first.bytes, last.rows.saturating_sub(first.rows)))
    }

    /// Rows in a second; none while none are read.
    fn rate(&self) -> Option<u64> {
        let (passed, _, rows) = self.since()?;
        u64::try_from(rows as u128 * 1000 / passed).ok().filter(|rate| *rate > 0)
    }

    /// Seconds until all bytes have been gone through.
    fn left(&self, seen: input::Progress) -> Option<u64> {
        let (passed, bytes, _) = self.since()?;
        let left = u128::from(seen.of.saturating_sub(seen.bytes)) * passed;
        u64::try_from(left.checked_div(u128::from(bytes))?.div_ceil(1000)).ok()
    }
}

/// As much as there is room for; the share always.
fn line(seen: input::Progress, pace: &Pace, width: usize, lang: Lang) -> String {
    // Wider than files are, for a broken one may say any length of itself.
    let share_of = |whole: u128| u128::from(seen.bytes.min(seen.of)) * whole / u128::from(seen.of.max(1));
    let (done, percent) = (share_of(BAR as u128) as usize, share_of(100));
    let bar = "█".repeat(done) + &"░".repeat(BAR - done);
    let share = text!("{percent} %", "{percent}%").get(lang).to_owned();
    // Before rows are read, their order is looked at, and nothing is known of how long the reading takes.
    let is_reading = seen.rows > 0;
    let count = count(seen.rows as u64, lang);
    let rows = if is_reading {
        text!("{count} rader", "{count} rows")
    } else {
        text!("ser på rekkefølgen av radene", "looking at the order of the rows")
    };
    let rows = Some(rows.get(lang).to_owned());
    let rate = pace.rate().map(|rate| format!("{}/s", self::count(rate, lang)));
    let left = pace.left(seen).filter(|_| is_reading).map(|left| left_in_words(left, lang));
    let joined = |parts: &[&Option<String>]| -> String {
        let parts = parts.iter().filter_map(|part| part.as_ref());
        std::iter::once(&share).chain(parts).map(String::as_str).collect::<Vec<_>>().join(" · ")
    };
    let all = joined(&[&rows, &rate, &left]);
    let lines = [format!("{bar} {all}"), all, joined(&[&rows, &left]), joined(&[&left])];
    lines.into_iter().find(|line| line.chars().count() <= width).unwrap_or(share)
}

/// «1 132 641», «1,132,641».
fn count(number: u64, lang: Lang) -> String {
    let apart = HumanCount(number).to_string();
    match lang {
        Lang::Nb => apart.replace(',', "\u{a0}"),
        Lang::En => apart,
    }
}

/// «18 s igjen», «2 min igjen», «1 t 20 min igjen».
fn left_in_words(seconds: u64, lang: Lang) -> String {
    let minutes = seconds.div_ceil(60);
    let (hours, rest) = (minutes / 60, minutes % 60);
    let words = match (seconds, hours) {
        (0..60, _) => text!("{seconds} s igjen", "{seconds} s left"),
        (_, 0) => text!("{minutes} min igjen", "{minutes} min left"),
        _ => text!("{hours} t {rest} min igjen", "{hours} h {rest} min left"),
    };
    words.get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Pace, left_in_words, line};
    use crate::{input::Progress, lang::Lang};

    fn seen(bytes: u64, rows: usize) -> Progress {
        Progress { bytes, of: 1_000_000, rows }
    }

    /// What was seen each second.
    fn pace(each: &[(u64, usize)]) -> Pace {
        let mut pace = Pace::default();
        for (second, (bytes, rows)) in (1..).zip(each) {
            assert!(pace.see(seen(*bytes, *rows), Duration::from_secs(second)));
        }
        pace
    }

    #[test]
    fn a_line_has_what_there_is_room_for() {
        let pace = pace(&[(100_000, 1_000_000), (200_000, 2_000_000)]);
        let of = |width, lang| line(seen(200_000, 2_000_000), &pace, width, lang);
        assert_eq!(of(80, Lang::En), "██████░░░░░░░░░░░░░░░░░░░░░░░░ 20% · 2,000,000 rows · 1,000,000/s · 8 s left");
        assert_eq!(
            of(79, Lang::Nb),
            "██████░░░░░░░░░░░░░░░░░░░░░░░░ 20 % · 2\u{a0}000\u{a0}000 rader · 1\u{a0}000\u{a0}000/s · 8 s igjen"
        );
        assert_eq!(of(60, Lang::En), "20% · 2,000,000 rows · 1,000,000/s · 8 s left");
        assert_eq!(of(40, Lang::En), "20% · 2,000,000 rows · 8 s left");
        assert_eq!(of(20, Lang::Nb), "20 % · 8 s igjen");
        assert_eq!(of(10, Lang::Nb), "20 %");
    }

    #[test]
    fn each_way_through_a_file_has_its_own_pace() {
        // Looked at, and then read at a tenth of the pace.
        let mut each: Vec<(u64, usize)> = (1..=5).map(|second| (second * 100_000, 0)).collect();
        let looked = pace(&each);
        assert_eq!(
            line(seen(500_000, 0), &looked, 100, Lang::En).split_once(' ').unwrap().1,
            "50% · looking at the order of the rows"
        );
        each.extend((1..=6).map(|second| (500_000 + second * 10_000, second as usize * 1000)));
        let read = pace(&each);
        assert_eq!((read.rate(), read.left(seen(560_000, 6000))), (Some(1000), Some(44)));
        assert_eq!(pace(&each[..6]).left(seen(510_000, 1000)), Some(49), "from the first row that is read");
        // Once more through rows that have been read.
        each.extend((1..=6).map(|second| (560_000 + second * 20_000, 6000)));
        let again = pace(&each);
        assert_eq!((again.rate(), again.left(seen(680_000, 6000))), (None, Some(16)));
        // From the beginning.
        each.extend([(20_000, 200), (40_000, 400)]);
        assert_eq!(pace(&each).rate(), Some(200));
        // Slower by and by.
        each.extend((1..=5).map(|second| (40_000 + second, 400 + second as usize)));
        assert_eq!(pace(&each).rate(), Some(1));
    }

    #[test]
    fn nothing_is_shown_at_once_or_too_often() {
        let mut pace = Pace::default();
        let mut see = |millis| pace.see(seen(millis, 1), Duration::from_millis(millis));
        assert_eq!([10, 450, 499, 600, 650, 700].map(&mut see), [false, false, false, true, false, true]);
        assert_eq!(line(seen(0, 0), &Pace::default(), 80, Lang::En).chars().filter(|c| *c == '█').count(), 0);
        let whole = Progress { bytes: 7, of: 0, rows: 1 };
        assert!(line(whole, &Pace::default(), 80, Lang::En).contains(" 0% · 1 rows"));
    }

    #[test]
    fn what_is_left_in_words() {
        let words = [0, 59, 60, 61, 3600, 4801].map(|seconds| left_in_words(seconds, Lang::Nb));
        assert_eq!(
            words,
            ["0 s igjen", "59 s igjen", "1 min igjen", "2 min igjen", "1 t 0 min igjen", "1 t 21 min igjen"]
        );
        assert_eq!(left_in_words(4800, Lang::En), "1 h 20 min left");
    }
}
