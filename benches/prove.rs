//! What it costs to prove a pathway of 200 facts and 500 conditions: `cargo bench --bench prove`.

#![allow(clippy::expect_used, missing_docs)]

use std::path::Path;

use divan::Bencher;
use forlop::{
    compile::{Compilation, compile},
    source::Input,
};

#[path = "../tests/prove/conditions_large.rs"]
mod large;

fn main() {
    divan::main();
}

fn compiled(text: &str) -> Compilation {
    compile(&[Input::Text(text.to_owned())], Path::new(".")).expect("the text can be read")
}

#[divan::bench(sample_count = 10)]
fn compile_large(bencher: Bencher) {
    let text = large::text();
    bencher.bench(|| compiled(&text));
}

#[divan::bench(sample_count = 10)]
fn prove_large(bencher: Bencher) {
    let text = large::text();
    bencher.with_inputs(|| compiled(&text)).bench_values(|mut compilation| {
        compilation.prove();
        compilation.findings.len()
    });
}
