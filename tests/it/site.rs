//! A folder with a feeds.toml of its own, and the built program at work in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The head of every feeds.toml here.
pub const HEAD: &str = "[site]\ntitle = \"Jobs\"\nbase_url = \"https://jobs.example.org/\"\n\
    [fetch]\ntimeout_seconds = 3\nconnect_timeout_seconds = 2\nmax_bytes = 200_000\n\
    allow_hosts = [\"127.0.0.1\"]\n";

/// The time that these runs take for the present.
pub const NOW: &str = "2026-11-24T12:00:00Z";

pub struct Site {
    folder: TempDir,
}

/// What a command printed, and its exit code.
#[derive(Debug)]
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    /// The report of `--json`.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The report of one source.
    pub fn source(&self, name: &str) -> Value {
        let report = self.json();
        let sources = report["sources"].as_array().expect("a list of sources");
        sources.iter().find(|s| s["name"] == name).unwrap_or_else(|| panic!("no {name} in {report}")).clone()
    }
}

impl Site {
    /// A folder with these settings after [`HEAD`].
    pub fn new(settings: &str) -> Self {
        let site = Site { folder: tempfile::tempdir().expect("a folder") };
        site.settings(settings);
        site
    }

    /// A folder with the shipped settings and samples.
    pub fn shipped() -> Self {
        let site = Site { folder: tempfile::tempdir().expect("a folder") };
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(root.join("feeds.toml"), site.path("feeds.toml")).expect("settings");
        copy(&root.join("samples"), &site.path("samples"));
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn settings(&self, settings: &str) {
        fs::write(self.path("feeds.toml"), format!("{HEAD}{settings}")).expect("settings");
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shelfwire"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env_remove("SHELFWIRE_LOG")
            .stdin(Stdio::null());
        command
    }

    /// Runs a command to its end, at [`NOW`].
    pub fn run(&self, arguments: &[&str]) -> Done {
        self.run_at(NOW, arguments)
    }

    pub fn run_at(&self, now: &str, arguments: &[&str]) -> Done {
        done(self.command(arguments).args(["--now", now]))
    }

    /// Runs a command to its end, at [`NOW`], with these variables in its environment.
    pub fn run_with(&self, environment: &[(&str, &str)], arguments: &[&str]) -> Done {
        done(self.command(arguments).args(["--now", NOW]).envs(environment.iter().copied()))
    }

    /// Starts a command and leaves it running.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let log = |name| fs::File::create(self.path(name)).expect("a log");
        self.command(arguments)
            .stdout(log("out.log"))
            .stderr(log("err.log"))
            .spawn()
            .expect("the program runs")
    }

    /// A page's text.
    pub fn page(&self, name: &str) -> String {
        fs::read_to_string(self.path("public").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// The items of a JSON Feed.
    pub fn items(&self, feed: &str) -> Vec<Value> {
        let feed: Value = serde_json::from_str(&self.page(&format!("{feed}.json"))).expect("JSON");
        feed["items"].as_array().expect("items").clone()
    }

    /// Every page, by its path.
    pub fn pages(&self) -> BTreeMap<String, Vec<u8>> {
        let mut pages = BTreeMap::new();
        gather(&self.path("public"), "", &mut pages);
        pages
    }

    /// The lines of `export`.
    pub fn export(&self, what: &str) -> Vec<Value> {
        let done = self.run(&["export", what]);
        assert_eq!(done.code, 0, "{done:?}");
        done.out.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }
}

fn done(command: &mut Command) -> Done {
    let output = command.output().expect("the program runs");
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn gather(folder: &Path, prefix: &str, pages: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder of pages") {
        let path = entry.expect("an entry").path();
        let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), pages);
        } else {
            pages.insert(name, fs::read(&path).expect("a page"));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// A source of this name that reads this address.
pub fn source(name: &str, url: &str) -> String {
    format!("[[source]]\nname = \"{name}\"\nurl = \"{url}\"\n")
}

/// An RSS feed with an item of each title; links and ids are made from the titles.
pub fn rss(titles: &[&str]) -> String {
    let items: String = titles
        .iter()
        .map(|title| {
            let slug: String = title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
            format!(
                "<item><title>{title}</title><link>https://board.example.org/jobs/{slug}/</link>\
                 <guid isPermaLink=\"false\">id-{slug}</guid><pubDate>Mon, 16 Nov 2026 10:00:00 GMT</pubDate>\
                 <description>Catalogs books in Boston, MA.</description></item>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Board</title>\
         <link>https://board.example.org/</link><description>Jobs</description>{items}</channel></rss>\n"
    )
}
