//! A function and a folder of cases in, a failed test with every difference out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of all cases.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn bless() -> bool {
    env::var_os("BLESS").is_some_and(|v| v == "1")
}

/// Checks a table of cases: lines `input<TAB>expected`, in which `\n`, `\t` and `\\` are escapes;
/// lines that begin with `#` and empty ones are comments.
///
/// # Panics
/// If an actual value differs from the expected one, with all differences, or the table is empty.
pub fn table(file: &str, actual: impl Fn(&str) -> String) {
    let path = root().join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let (mut blessed, mut failures, mut count) = (String::new(), String::new(), 0);
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            blessed.push_str(line);
            blessed.push('\n');
            continue;
        }
        count += 1;
        let (input, expected) = line.split_once('\t').unwrap_or((line, ""));
        let got = escape(&actual(&unescape(input)));
        if got != expected {
            let _ =
                writeln!(failures, "{file}:{}: {input}\n  expected {expected}\n  got      {got}", number + 1);
        }
        let _ = writeln!(blessed, "{input}\t{got}");
    }
    assert!(count > 0, "{file} has no cases");
    if bless() {
        fs::write(&path, blessed).expect("the table is writable");
    } else {
        assert!(failures.is_empty(), "\n{failures}");
    }
}

/// Checks every folder under `stage`: `actual` gets the folder, and what it returns must be the
/// text of the file `expected` in it.
///
/// # Panics
/// If a text differs, with the names of all cases that do, or there is no case.
pub fn folders(stage: &str, expected: &str, actual: impl Fn(&Path) -> String) {
    let mut dirs: Vec<_> = fs::read_dir(root().join(stage))
        .unwrap_or_else(|e| panic!("{stage}: {e}"))
        .map(|entry| entry.expect("a folder entry").path())
        .filter(|path| path.is_dir())
        .collect();
    dirs.sort();
    assert!(!dirs.is_empty(), "{stage} has no cases");
    let mut failures = String::new();
    for dir in dirs {
        let file = dir.join(expected);
        let got = actual(&dir);
        let want = fs::read_to_string(&file).unwrap_or_default();
        if got == want {
            continue;
        }
        if bless() {
            fs::write(&file, got).expect("the case is writable");
        } else {
            let _ = writeln!(failures, "{}\n{}", dir.display(), difference(&want, &got));
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// The one file in `dir` whose name begins with `input`.
pub fn input(dir: &Path) -> PathBuf {
    fs::read_dir(dir)
        .expect("a case folder")
        .map(|entry| entry.expect("a folder entry").path())
        .find(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("input")))
        .unwrap_or_else(|| panic!("{} has no input", dir.display()))
}

fn difference(want: &str, got: &str) -> String {
    let (want, got): (Vec<_>, Vec<_>) = (want.lines().collect(), got.lines().collect());
    let same = want.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let show = |lines: &[&str], sign: char| {
        lines.iter().skip(same).take(6).fold(String::new(), |mut out, line| {
            let _ = writeln!(out, "  {sign} {line}");
            out
        })
    };
    format!("  from line {}:\n{}{}", same + 1, show(&want, '-'), show(&got, '+'))
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}
