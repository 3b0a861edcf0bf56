//! The threads of batches: an explicit pool, never rayon's global one.
//!
//! A process may fork after a batch ran: the child has the pool's memory but not
//! its threads. So the pool remembers the process that made it and is left
//! alone (leaked, not dropped) by any other; and because another thread may hold
//! the lock while the process forks, the lock is only ever tried.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

struct Shared {
    process: u32,
    threads: usize,
    pool: Arc<ThreadPool>,
}

static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

/// The number of threads `workers` asks for; 0 asks for one a core.
pub(crate) fn count(workers: usize) -> usize {
    match NonZeroUsize::new(workers) {
        Some(n) => n.get().min(1024),
        None => std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
    }
}

/// A pool of that many threads, the last one used if it fits; `None` when the
/// system gives no threads, and the caller does the work itself.
pub(crate) fn pool(threads: usize) -> Option<Arc<ThreadPool>> {
    let Ok(mut shared) = SHARED.try_lock() else { return build(threads) };
    let process = std::process::id();
    if let Some(last) = &*shared
        && last.process == process
        && last.threads == threads
    {
        return Some(Arc::clone(&last.pool));
    }
    let pool = build(threads)?;
    let last = shared.replace(Shared { process, threads, pool: Arc::clone(&pool) });
    if let Some(last) = last
        && last.process != process
    {
        // Dropping it would wait for threads that this process does not have.
        std::mem::forget(last);
    }
    Some(pool)
}

fn build(threads: usize) -> Option<Arc<ThreadPool>> {
    let name = |at| format!("tamis-{at}");
    ThreadPoolBuilder::new().num_threads(threads).thread_name(name).build().ok().map(Arc::new)
}
