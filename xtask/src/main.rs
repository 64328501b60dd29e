//! `cargo xtask`: the commands of the project, each a short program in plain sight.

mod bench;
mod build;
mod build_signature;
mod engine_mutants;
mod facts;
mod frames;
mod mutants;
mod packet;
mod questions;
mod rules;
mod serve;
mod sign;

use std::process::ExitCode;

const USAGE: &str = "cargo xtask build            the package's built files, weighed against their budgets
cargo xtask serve [--port N] the page and the package on this machine only
cargo xtask bench            how long a report takes, natively, over every case
cargo xtask engine-mutants [SHARE/OF | FILE]
                             which changes of the engine's code no test notices: every one, a share (1/4 is the first), or of
                             some files
cargo xtask rules check [--by DAY]
                             reads the rules, lists every problem, runs every case, and warns of what nobody looked at for long
cargo xtask rules due [--by DAY]
                             what has to be looked at again, by its day: each source with its address and all that rests on it
cargo xtask rules cases --json [CASE]
                             every case with the digest of its report, or one with the report, as JSON
cargo xtask rules explain CASE
                             the reasoning of one case, with intervals and citations
cargo xtask rules diff OLD NEW
                             whose outcome changes between two folders of rules, or two revisions, why, and who reaches each
                             changed line
cargo xtask rules grounds [DAY] [--html FILE]
                             what the law says of every ground and benefit, to be read and signed, in Markdown or as a page
                             to print
cargo xtask rules questions  how many questions people are asked
cargo xtask rules in-step    the languages have been compared as they stand
cargo xtask rules mutants [draw | settle | NAME]
                             which changes of the rules nothing notices: every one, or 150 drawn by what stands in them
cargo xtask rules keys FOLDER
                             a pair of keys to sign rules with: a secret one, and a public one for the pages that use them
cargo xtask rules sign FILE --key SECRET [--out FILE]
                             writes the signature of a key into a compiled rules.json
cargo xtask rules unverified the statements that rest on no source that was read";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or(&[]);
    let done = match args.first().map(String::as_str) {
        Some("build") => build::run(rest),
        Some("bench") => bench::run(),
        Some("engine-mutants") => engine_mutants::run(rest),
        Some("serve") => serve::run(rest),
        Some("rules") => rules::run(rest),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
