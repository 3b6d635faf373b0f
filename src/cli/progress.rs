//! How far a long reading has come, for those who wait.

use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{input, lang::Lang, text};

/// Nobody waits before this.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error.
pub(super) struct Progress {
    bar: ProgressBar,
    began: Instant,
    lang: Lang,
}

impl Progress {
    /// A line if someone looks at standard error and it does not disturb the answers; else none.
    pub fn new(answers_to_file: bool, lang: Lang) -> Option<Self> {
        let is_seen = io::stderr().is_terminal() && (answers_to_file || !io::stdout().is_terminal());
        is_seen.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let template = text!(
                "{{bar:30}} {{percent}} % · {{msg}} · {{eta}} igjen",
                "{{bar:30}} {{percent}}% · {{msg}} · {{eta}} left"
            );
            if let Ok(style) = ProgressStyle::with_template(template.get(lang)) {
                bar.set_style(style);
            }
            Progress { bar, began: Instant::now(), lang }
        })
    }

    /// Shows how far it has come.
    pub fn tell(&self, seen: input::Progress) {
        let passed = self.began.elapsed();
        if passed < PATIENCE {
            return;
        }
        let (rows, rate) = (seen.rows, seen.rows as u128 * 1000 / passed.as_millis().max(1));
        self.bar.set_length(seen.of);
        self.bar.set_message(text!("{rows} rader, {rate}/s", "{rows} rows, {rate}/s").get(self.lang).to_owned());
        self.bar.set_position(seen.bytes.min(seen.of));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
