//! The overlap engine against brute force: small control flows made up at random, and a simulator that walks through every schedule, every outcome and
//! every truth value of the expressions. `SSISLINT_ORACLE_CASES` sets how many (40,000 take a minute); the same number makes the same flows.

#![allow(clippy::print_stderr, reason = "says how often the engine is more cautious than the truth")]

mod overlap_oracle {
    pub(crate) mod flow;
    pub(crate) mod simulator;
}

use std::cell::RefCell;

use overlap_oracle::flow::{Flow, flows};
use overlap_oracle::simulator::{Freedom, overlapping};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use proptest::{prop_assert, prop_assert_eq};
use ssislint::analysis::overlap::{Overlap, Relation};
use ssislint::model::ExecutableId;

const DEFAULT_CASES: u32 = 1500;

#[derive(Debug, Default)]
struct Counts {
    flows: u64,
    pairs: u64,
    overlapping: u64,
    /// Said to overlap, though not when expressions have the same value in all containers.
    across_containers: u64,
}

#[test]
fn the_engine_answers_what_every_schedule_shows() {
    let cases = std::env::var("SSISLINT_ORACLE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_CASES);
    let counts = RefCell::new(Counts::default());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let outcome =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)).run(&flows(), |flow| compare(&flow, &mut counts.borrow_mut()));
    eprintln!("{:?}", counts.borrow());
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let counts = counts.into_inner();
    assert!(counts.overlapping > 0 && counts.overlapping < counts.pairs, "both answers occur");
    assert!(counts.across_containers * 1000 <= counts.pairs, "rarely more cautious than the truth");
}

fn compare(flow: &Flow, counts: &mut Counts) -> Result<(), TestCaseError> {
    let package = flow.package();
    let engine = Overlap::new(&package);
    let (truth, same_values) = (overlapping(flow, Freedom::PerContainer), overlapping(flow, Freedom::PerPackage));
    counts.flows += 1;
    let leaves = flow.leaves();
    for (index, left) in leaves.iter().enumerate() {
        for right in &leaves[index + 1..] {
            let answer = engine.relation(id(*left), id(*right));
            prop_assert_eq!(matches!(answer, Relation::Never(_)), matches!(engine.relation(id(*right), id(*left)), Relation::Never(_)), "symmetric");
            let overlap = truth.contains(*left, *right);
            counts.pairs += 1;
            counts.overlapping += u64::from(overlap);
            match answer {
                Relation::Never(reason) => prop_assert!(!overlap, "{left} and {right} overlap, but the engine says {reason:?}"),
                Relation::MayOverlap { .. } => {
                    prop_assert!(overlap, "{left} and {right} never overlap, but the engine says they may");
                    counts.across_containers += u64::from(!same_values.contains(*left, *right));
                }
            }
        }
    }
    Ok(())
}

fn id(number: usize) -> ExecutableId {
    ExecutableId(u32::try_from(number).expect("few executables"))
}
