//! The project's own files in, breaches of its house rules out, each with file and line.

mod can_fail;
mod code;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use code::{bare, line, paths};

/// Files of code that may have more than [`MOST_LINES`], and why.
const LONG: [(&str, &str); 0] = [];
const MOST_LINES: usize = 400;

/// Stages that neither read nor write anything, nor look at the clock.
const PURE: [&str; 5] = ["parse", "normalize", "life", "gather", "select"];
const IMPURE: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::time::SystemTime",
    "std::time::Instant",
    "tokio",
    "reqwest",
    "rusqlite",
    "tempfile",
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
];

/// What only some modules may name.
const ONLY: [(&str, &[&str]); 6] = [
    ("Utc::now", &["worker", "main", "cli"]),
    ("reqwest", &["fetch"]),
    ("rusqlite", &["store"]),
    ("std::fs", &["config", "fetch/file", "store", "publish", "worker", "main", "cli"]),
    ("tokio::fs", &["config", "fetch/file", "store", "publish", "worker", "main", "cli"]),
    ("std::process::exit", &["main", "cli"]),
];

/// Modules that must not know of each other though the map's order would let them.
const APART: [(&str, &str); 2] = [("publish", "fetch"), ("publish", "parse")];

/// One of the project's files: its path from the root, with slashes, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The path within `src` without the ending: `fetch/http`.
    fn module(&self) -> &str {
        self.path.trim_start_matches("src/").trim_end_matches(".rs")
    }

    /// The module of the map that it belongs to: `fetch`.
    fn stage(&self) -> &str {
        self.module().split('/').next().unwrap_or_default()
    }

    fn is_in(&self, module: &str) -> bool {
        self.module().strip_prefix(module).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    fn breach(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text files under `folder`, in the order of their paths, but for what is built or hidden.
fn files(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut |path| {
        let from_root = path.strip_prefix(root()).expect("it is under the root");
        let names: Vec<_> = from_root.iter().map(|name| name.to_string_lossy()).collect();
        if let Ok(text) = fs::read_to_string(path) {
            found.push(File { path: names.join("/"), text });
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match path.is_dir() {
            _ if name == ".git" || name == "target" => {}
            true => walk(&path, visit),
            false => visit(&path),
        }
    }
}

fn code(folder: &str) -> Vec<File> {
    files(folder).into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

/// # Panics
/// With every breach that `rule` finds in `files`.
fn check(files: &[File], rule: impl Fn(&File) -> Vec<String>) {
    assert!(!files.is_empty(), "no files to check");
    let breaches: Vec<_> = files.iter().flat_map(rule).collect();
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

/// The modules of the map in `src/lib.rs`, in order.
fn map(lib: &str) -> Vec<&str> {
    lib.lines()
        .filter_map(|line| line.strip_prefix("//! | [`")?.split_once("`]"))
        .map(|(name, _)| name)
        .collect()
}

fn is_in_the_binary(file: &File) -> bool {
    file.is_in("main") || file.is_in("cli")
}

fn imports(file: &File, map: &[&str]) -> Vec<String> {
    if is_in_the_binary(file) || file.is_in("lib") {
        return Vec::new();
    }
    let place = |name: &str| map.iter().position(|module| *module == name);
    let Some(own) = place(file.stage()) else {
        return vec![file.breach(1, "the module is not in the map of src/lib.rs")];
    };
    let depth = file.module().split('/').count();
    let mut breaches = Vec::new();
    for (line, path) in paths(&bare(&file.text)) {
        let names: Vec<_> = path.split("::").collect();
        if names.iter().take_while(|name| **name == "super").count() >= depth {
            breaches.push(file.breach(line, &format!("{path}: say `crate::`")));
        }
        if names[0] != "crate" {
            continue;
        }
        match place(names[1]) {
            None => breaches.push(file.breach(line, &format!("{path} is not in the map"))),
            Some(other) if other > own => breaches.push(file.breach(line, &format!("{path} stands below"))),
            Some(_) if APART.contains(&(file.stage(), names[1])) => {
                breaches.push(file.breach(line, &format!("{path} is none of its business")));
            }
            Some(_) => {}
        }
    }
    breaches
}

/// Whether `path` is `what` or within it, or ends with it: `chrono::Utc::now` is `Utc::now`.
fn names(path: &str, what: &str) -> bool {
    let within = path.strip_prefix(what).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
    within || path.strip_suffix(what).is_some_and(|rest| rest.ends_with("::"))
}

fn purity(file: &File) -> Vec<String> {
    if !PURE.contains(&file.stage()) {
        return Vec::new();
    }
    let impure = |path: &str| IMPURE.iter().any(|what| names(path, what));
    let found = paths(&bare(&file.text)).into_iter().filter(|(_, path)| impure(path));
    found.map(|(line, path)| file.breach(line, &format!("{path} in a stage without I/O and clock"))).collect()
}

fn places(file: &File) -> Vec<String> {
    let mut breaches = Vec::new();
    for (line, path) in paths(&bare(&file.text)) {
        for (what, modules) in ONLY {
            if names(&path, what) && !modules.iter().any(|module| file.is_in(module)) {
                breaches.push(file.breach(line, &format!("{path} belongs in {}", modules.join(", "))));
            }
        }
    }
    breaches
}

fn beginning(file: &File) -> Vec<String> {
    match file.text.lines().next().and_then(|line| line.strip_prefix("//! ")) {
        Some(words) if !words.trim().is_empty() => Vec::new(),
        _ => vec![file.breach(1, "a module begins with `//!` and what goes in and comes out")],
    }
}

/// Finds `pattern` in the code alone.
fn banned(file: &File, pattern: &str, what: &str) -> Vec<String> {
    let code = bare(&file.text);
    let pattern = Regex::new(pattern).expect("a pattern");
    pattern.find_iter(&code).map(|found| file.breach(line(&code, found.start()), what)).collect()
}

fn unfinished(file: &File) -> Vec<String> {
    [
        banned(file, r"\b(todo|unimplemented|dbg)!", "unfinished"),
        banned(file, r"#!?\[(allow|ignore)\b", "what is wrong is mended, or expected for a reason"),
        banned(file, r"#!?\[expect\([\w\s:,]*\)\]", "an expectation has a reason"),
    ]
    .concat()
}

fn unwraps(file: &File) -> Vec<String> {
    banned(file, r"\.\s*unwrap\s*\(\s*\)", "say why it cannot fail, or pass the error on")
}

fn length(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    let excused = LONG.iter().any(|(path, _)| *path == file.path);
    match (lines > MOST_LINES, excused) {
        (true, false) => vec![file.breach(lines, &format!("more than {MOST_LINES} lines"))],
        (false, true) => vec![file.breach(1, "is short enough and needs no excuse")],
        _ => Vec::new(),
    }
}

/// Cases that no test names: folders right under `tests/cases`, and tables.
fn unused_cases(cases: &[File], tests: &[File]) -> Vec<String> {
    let mut breaches = Vec::new();
    let mut last = "";
    for case in cases {
        let path = case.path.trim_start_matches("tests/cases/");
        let Some((folder, rest)) = path.split_once('/') else { continue };
        let folder_is_named = |test: &File| {
            test.text.contains(&format!("\"{folder}\"")) || test.text.contains(&format!("\"{folder}/"))
        };
        if folder != last && !tests.iter().any(folder_is_named) {
            breaches.push(case.breach(1, &format!("no test reads the cases of {folder}")));
        }
        // A table below is the input of a case.
        let stem = rest.strip_suffix(".tsv").filter(|rest| !rest.contains('/'));
        if stem.is_some_and(|stem| !tests.iter().any(|t| folder_is_named(t) && t.text.contains(stem))) {
            breaches.push(case.breach(1, "no test reads this table"));
        }
        last = folder;
    }
    breaches
}

/// Words about how the project is worked on rather than about the project.
fn workshop(file: &File) -> Vec<String> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?mi)\.\./shared|(?:^|[^\w.])/wor[k]/|\bissue #?[0-9]+").expect("a pattern")
    });
    let found = WORDS.find_iter(&file.text);
    found.map(|found| file.breach(line(&file.text, found.start()), found.as_str().trim())).collect()
}

#[test]
fn modules_import_only_from_above() {
    let src = code("src");
    let lib = src.iter().find(|file| file.is_in("lib")).expect("src/lib.rs");
    let map = map(&lib.text);
    let mut declared = String::new();
    let mut names = map.clone();
    names.sort_unstable();
    for name in names {
        let _ = writeln!(declared, "pub mod {name};");
    }
    assert!(lib.text.contains(&declared), "the map of src/lib.rs is not its modules:\n{declared}");
    check(&src, |file| imports(file, &map));
}

#[test]
fn stages_do_no_io_and_read_no_clock() {
    check(&code("src"), purity);
}

#[test]
fn network_database_and_files_have_their_places() {
    check(&code("src"), places);
}

#[test]
fn modules_say_what_goes_in_and_comes_out() {
    check(&code("src"), beginning);
    check(&code("tests"), beginning);
}

#[test]
fn nothing_is_unfinished() {
    check(&code("src"), unfinished);
    check(&code("tests"), unfinished);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    check(&code("src"), unwraps);
}

#[test]
fn files_are_short() {
    let src = code("src");
    check(&src, length);
    for (path, reason) in LONG {
        assert!(src.iter().any(|file| file.path == path), "{path} is gone");
        assert!(!reason.is_empty(), "{path} is long without a reason");
    }
}

#[test]
fn every_case_is_tested() {
    let breaches = unused_cases(&files("tests/cases"), &code("tests/it"));
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn the_project_speaks_of_itself() {
    check(&files(""), workshop);
}
