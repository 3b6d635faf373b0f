//! Work on several threads, with results in the order of the jobs.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// How many jobs a thread may be ahead of the one that is waited for.
const AHEAD: usize = 4;

struct Line<F> {
    next: F,
    taken: usize,
    done: usize,
    stopped: bool,
}

/// Does all jobs: `next` fills one (false: there are no more), a worker of each thread does it, and `done` takes the results in
/// the order of the jobs, on the thread that calls. Gives the workers. One thread is the one that calls.
pub(super) fn in_order<Job: Default, Worker: Send, Done: Send, E: Send>(
    threads: usize,
    mut next: impl FnMut(&mut Job) -> Result<bool, E> + Send,
    new: &(dyn Fn() -> Worker + Sync),
    work: impl Fn(&mut Worker, &mut Job) -> Result<Done, E> + Sync,
    mut done: impl FnMut(Done) -> Result<(), E>,
) -> Result<Vec<Worker>, E> {
    if threads <= 1 {
        let (mut worker, mut job) = (new(), Job::default());
        while next(&mut job)? {
            done(work(&mut worker, &mut job)?)?;
        }
        return Ok(vec![worker]);
    }
    let line = Mutex::new(Line { next, taken: 0, done: 0, stopped: false });
    let may_go_on = Condvar::new();
    let (sender, results) = mpsc::channel();
    let run = |sender: mpsc::Sender<Result<(usize, Done), E>>| {
        let _release = Release { line: &line, may_go_on: &may_go_on };
        let mut worker = new();
        let mut job = Job::default();
        loop {
            let mut own = lock(&line);
            while !own.stopped && own.taken >= own.done + AHEAD * threads {
                own = may_go_on.wait(own).unwrap_or_else(PoisonError::into_inner);
            }
            if own.stopped {
                return worker;
            }
            let result = match (own.next)(&mut job) {
                Ok(true) => {
                    let number = own.taken;
                    own.taken += 1;
                    drop(own);
                    work(&mut worker, &mut job).map(|done| (number, done))
                }
                Ok(false) => {
                    own.stopped = true;
                    return worker;
                }
                Err(error) => {
                    drop(own);
                    Err(error)
                }
            };
            let failed = result.is_err();
            if sender.send(result).is_err() || failed {
                lock(&line).stopped = true;
                return worker;
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (sender, run) = (sender.clone(), &run);
                scope.spawn(move || run(sender))
            })
            .collect();
        drop(sender);
        let taken = in_turn(results, |result| {
            done(result)?;
            lock(&line).done += 1;
            may_go_on.notify_all();
            Ok(())
        });
        lock(&line).stopped = true;
        may_go_on.notify_all();
        let workers = workers.into_iter().map(|worker| match worker.join() {
            Ok(worker) => worker,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        let workers = workers.collect();
        taken.map(|()| workers)
    })
}

/// Gives numbered results in the order of their numbers, until one has failed.
fn in_turn<Done, E>(
    results: mpsc::Receiver<Result<(usize, Done), E>>,
    mut done: impl FnMut(Done) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut turn = 0;
    for result in results {
        let (number, result) = result?;
        early.insert(number, result);
        while let Some(result) = early.remove(&turn) {
            done(result)?;
            turn += 1;
        }
    }
    Ok(())
}

/// Lets the others end if this thread panics.
struct Release<'l, F> {
    line: &'l Mutex<Line<F>>,
    may_go_on: &'l Condvar,
}

impl<F> Drop for Release<'_, F> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(self.line).stopped = true;
            self.may_go_on.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
