//! `cargo xtask bench`: how long a report takes, over every case of the rules, on this machine and natively.
//!
//! A figure in milliseconds says as much of the machine as of the engine. So a loop that never changes runs in between, and
//! what is to be compared from one day to another is the ratio to it. No test reads it.

use relief_screener::author;
use relief_screener::fact::Answers;
use relief_screener::report::Report;
use relief_screener::screen::{screen, screen_today};
use std::hint::black_box;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Rounds over all cases; the fastest counts, because whatever else runs can only make one slower.
const ROUNDS: usize = 5;

pub fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let checked =
        author::check(&root.join("rules/us")).map_err(|problems| format!("the rules are refused: {} problems", problems.len()))?;
    let pack = &checked.pack;
    let families: Vec<_> = checked.cases.iter().map(|case| (case.as_of, case.answers(pack))).collect();
    let all = |report: &dyn Fn(relief_screener::date::Date, &Answers) -> Report| {
        families.iter().for_each(|(as_of, answers)| drop(black_box(report(*as_of, answers))));
    };
    let mut fastest = [Duration::MAX; 3];
    for _ in 0..ROUNDS {
        let runs: [&dyn Fn(); 3] = [&reference, &|| all(&|as_of, answers| screen(pack, as_of, answers)), &|| {
            all(&|as_of, answers| screen_today(pack, as_of, answers))
        }];
        for (best, run) in fastest.iter_mut().zip(runs) {
            let start = spent();
            run();
            *best = spent().saturating_sub(start).min(*best);
        }
    }
    let [reference, whole, today] = fastest.map(|time| time.as_secs_f64() * 1000.0);
    println!("{} cases, the fastest of {ROUNDS} rounds; the reference loop takes {reference:.1} ms", families.len());
    for (name, time) in [("screen", whole), ("screen_today", today)] {
        let each = time / families.len().max(1) as f64;
        println!("{name:<13} {each:>7.3} ms a report, {:.4} of the reference loop", each / reference);
    }
    Ok(())
}

/// Time on the processor so far, where the system keeps count of it; else time on the clock, which others share.
fn spent() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let counted = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = counted.and_then(|counted| counted.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Work that has nothing to do with the engine: a checksum over ten million numbers.
fn reference() {
    let sum = (0..10_000_000_u64).fold(0xcbf2_9ce4_8422_2325, |sum: u64, n| (sum ^ black_box(n)).wrapping_mul(0x100_0000_01b3));
    black_box(sum);
}
