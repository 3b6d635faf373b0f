//! The Rust module and the example of `build.rs`, as programs over the runtime alone. They are compiled here without the
//! network, from the crates that this test was compiled from.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::{Mutex, PoisonError},
};

use forlop::{
    compile::compile,
    emit::{Settings, Target, emit},
    source::Input,
    tables::Tables,
};
use serde_json::{Value, json};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const TMP: &str = env!("CARGO_TARGET_TMPDIR");

#[test]
fn the_example_of_build_rs_judges_a_patient() {
    let printed = run(&Path::new(ROOT).join("examples/build-rs"));
    let expected = "Of1 - within
Of2 - exceeded
Of3 kirurgi running
Of3 medikamentell running
Of3 stråle running
Of4 kirurgi running
Of4 medikamentell running
Of4 stråle running
";
    assert_eq!(printed, expected);
}

#[test]
fn the_documentation_shows_the_example() {
    let document = fs::read_to_string(Path::new(ROOT).join("docs/utvikler.md")).unwrap();
    for file in ["build.rs", "src/main.rs"] {
        let code = fs::read_to_string(Path::new(ROOT).join("examples/build-rs").join(file)).unwrap();
        assert!(document.contains(&format!("```rust\n{code}```")), "{file}");
    }
}

#[test]
fn the_module_holds_exactly_the_tables() {
    let sets = [("odd", odd()), ("pathways", compiled("pathways")), ("shapes", compiled("tests/shapes"))];
    let package = Path::new(TMP).join("emit-rust");
    fs::create_dir_all(package.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"emitted\"\nedition = \"2024\"\n[dependencies]\nserde_json = \"1\"\n\
         forlop = {{ path = {ROOT:?}, default-features = false, features = [\"runtime\"] }}\n[workspace]\n"
    );
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    let mut main = String::new();
    let mut calls = String::new();
    for (name, tables) in &sets {
        let files = emit(Target::Rust, tables, &Settings::default()).unwrap();
        assert_eq!(files.len(), 1);
        fs::write(package.join(format!("src/{name}.rs")), &files[0].text).unwrap();
        main += &format!("mod {name};\n");
        calls += &format!(
            "    println!(\"{{}}\", serde_json::to_string({name}::tables())?);
    {name}::evaluator()?;
    for pathway in {name}::Pathway::ALL {{
        assert_eq!({name}::Pathway::find(pathway.as_str()), Some(pathway));
    }}
"
        );
    }
    main += &format!("fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{calls}    Ok(())\n}}\n");
    fs::write(package.join("src/main.rs"), main).unwrap();

    let printed = run(&package);
    assert_eq!(printed.lines().count(), sets.len());
    for (line, (name, tables)) in printed.lines().zip(&sets) {
        assert!(line == serde_json::to_string(tables).unwrap(), "{name}: other tables than the compiled ones");
    }
    // The module keeps the layout that the standard settings of rustfmt give.
    fs::write(package.join("rustfmt.toml"), "").unwrap();
    succeed(cargo(&package).args(["fmt", "--check"]));
}

fn compiled(path: &str) -> Tables {
    let root = Path::new(ROOT);
    compile(&[Input::Path(root.join(path))], root).unwrap().tables.unwrap()
}

/// Tables with what a compiler of Rust, its lints or its documentation could stumble on.
fn odd() -> Tables {
    let net = serde_json::to_string(&compiled("pathways/nevroendokrine-svulster.forlop")).unwrap();
    let mut tables: Value = serde_json::from_str(&net.replace("\"A39", "\"type")).unwrap();
    let pathway = &mut tables["pathways"][0];
    pathway["title"] = json!("\u{202e}[x] <b> `a` https://x.no \"q\" '\\' \\u{41} {} \n- 1\tǽ */ 🙂");
    pathway["variants"] = ["x-y", "x_y", "Self", "2", "β", "Hovedforløp"].map(|name| variant(pathway, name)).into();
    pathway["limits"].as_array_mut().unwrap().retain(|row| row["variant"].is_null());
    let mut pi = pathway["facts"][0].clone();
    pi["name"] = json!("pi");
    pi["type"] = json!("number");
    pi["unit"] = json!("");
    pi["formula"] = json!({ "op": "number", "value": std::f64::consts::PI });
    pathway["facts"].as_array_mut().unwrap().push(pi);
    serde_json::from_value(tables).unwrap()
}

fn variant(pathway: &Value, name: &str) -> Value {
    let mut variant = pathway["variants"][0].clone();
    variant["name"] = json!(name);
    variant
}

/// What a program prints that has nothing that Clippy minds.
fn run(package: &Path) -> String {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    // The same versions as here, so that nothing has to be fetched.
    fs::copy(Path::new(ROOT).join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    succeed(cargo(package).args(["clippy", "--quiet", "--", "-D", "warnings"]));
    String::from_utf8(succeed(cargo(package).args(["run", "--quiet"])).stdout).unwrap()
}

fn cargo(package: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(package).env("CARGO_NET_OFFLINE", "true").env("CARGO_INCREMENTAL", "0");
    command.env("CARGO_TARGET_DIR", Path::new(TMP).join("embed")).env("CARGO_PROFILE_DEV_DEBUG", "0");
    command
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{out:.2000}\n{err:.4000}");
    output
}
