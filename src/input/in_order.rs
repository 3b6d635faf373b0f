//! Work on several threads, with results in the order of the jobs.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// How many jobs a thread may be ahead of the one that is waited for.
const AHEAD: usize = 4;

/// The jobs: how the next is filled, and how far the work has come.
struct Jobs<F> {
    next: F,
    taken: usize,
    done: usize,
    stopped: bool,
}

impl<F> Jobs<F> {
    /// Fills the next job and gives its number; none if there are no more.
    fn take<Job, E>(&mut self, job: &mut Job) -> Result<Option<usize>, E>
    where
        F: FnMut(&mut Job) -> Result<bool, E>,
    {
        if self.stopped || !(self.next)(job)? {
            self.stopped = true;
            return Ok(None);
        }
        self.taken += 1;
        Ok(Some(self.taken - 1))
    }
}

/// Does all jobs: `next` fills one (false: there are no more), a worker of each thread does it, and `done` takes the results in
/// the order of the jobs, on the thread that calls, which works too. Gives the workers.
pub(super) fn in_order<Job: Default, Worker: Send, Done: Send, E: Send>(
    threads: usize,
    next: impl FnMut(&mut Job) -> Result<bool, E> + Send,
    new: &(dyn Fn() -> Worker + Sync),
    work: impl Fn(&mut Worker, &mut Job) -> Result<Done, E> + Sync,
    mut done: impl FnMut(Done) -> Result<(), E>,
) -> Result<Vec<Worker>, E> {
    let ahead = AHEAD * threads;
    let jobs = Mutex::new(Jobs { next, taken: 0, done: 0, stopped: false });
    let may_go_on = Condvar::new();
    let stop = || {
        lock(&jobs).stopped = true;
        may_go_on.notify_all();
    };
    let (sender, results) = mpsc::channel();
    let run = |sender: mpsc::Sender<Result<(usize, Done), E>>| {
        let _release = Release(&stop);
        let (mut worker, mut job) = (new(), Job::default());
        loop {
            let too_far = |own: &mut Jobs<_>| !own.stopped && own.taken >= own.done + ahead;
            let mut own = may_go_on.wait_while(lock(&jobs), too_far).unwrap_or_else(PoisonError::into_inner);
            let taken = own.take(&mut job);
            drop(own);
            let result = match taken {
                Ok(None) => return worker,
                Ok(Some(number)) => work(&mut worker, &mut job).map(|done| (number, done)),
                Err(error) => Err(error),
            };
            let failed = result.is_err();
            if sender.send(result).is_err() || failed {
                stop();
                return worker;
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (1..threads)
            .map(|_| {
                let (sender, run) = (sender.clone(), &run);
                scope.spawn(move || run(sender))
            })
            .collect();
        drop(sender);
        let _release = Release(&stop);
        let (mut worker, mut job) = (new(), Job::default());
        let mut early = BTreeMap::new();
        let mut hand_in = |(number, result): (usize, Done)| {
            early.insert(number, result);
            let mut turn = lock(&jobs).done;
            while let Some(result) = early.remove(&turn) {
                done(result)?;
                turn += 1;
            }
            lock(&jobs).done = turn;
            may_go_on.notify_all();
            Ok(())
        };
        let mut all = || {
            loop {
                for result in results.try_iter() {
                    hand_in(result?)?;
                }
                let mut own = lock(&jobs);
                if own.taken >= own.done + ahead {
                    drop(own);
                    // The job that is waited for is another's.
                    let Ok(result) = results.recv() else { return Ok(()) };
                    hand_in(result?)?;
                    continue;
                }
                let taken = own.take(&mut job)?;
                drop(own);
                match taken {
                    Some(number) => hand_in((number, work(&mut worker, &mut job)?))?,
                    None => return results.iter().try_for_each(|result| hand_in(result?)),
                }
            }
        };
        let all = all();
        stop();
        let others = workers.into_iter().map(|worker| match worker.join() {
            Ok(worker) => worker,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        let workers = others.chain([worker]).collect();
        all.map(|()| workers)
    })
}

/// Lets the others end if this thread panics.
struct Release<'s>(&'s dyn Fn());

impl Drop for Release<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            (self.0)();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
