//! Files and folders in; documents, or the reason why there are none, out.

use std::path::{Path, PathBuf};

use shelfwire::config::{self, Source};
use shelfwire::fetch::{Document, Error, Fetched, Validators, fetch};

use super::{client, documents, not_modified, settings};

/// Reads a path of at most 1000 bytes.
async fn read(folder: &Path, path: &str, since: &Validators) -> Result<Fetched, Error> {
    let client = client(&config::Fetch { max_bytes: 1000, ..settings() });
    let source = Source { path: Some(PathBuf::from(path)), ..Source::default() };
    fetch(&client, &source, folder, since).await
}

#[tokio::test]
async fn a_file_is_a_document_until_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("board.json");
    std::fs::write(&file, "{}").expect("written");
    let (found, first) =
        documents(read(folder.path(), "board.json", &Validators::default()).await.expect("a file"));
    assert_eq!((found.len(), found[0].file_name.as_deref()), (1, Some("board.json")));
    assert_eq!((found[0].body.as_ref(), &found[0].location), (&b"{}"[..], &file.display().to_string()));
    assert_eq!(not_modified(read(folder.path(), "board.json", &first).await), first);
    std::fs::write(&file, "[]").expect("written");
    let (_, second) = documents(read(folder.path(), "board.json", &first).await.expect("a file"));
    assert_ne!(second, first);
}

#[tokio::test]
async fn a_folder_is_its_posts_in_the_order_of_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let posts = folder.path().join("_posts");
    std::fs::create_dir_all(posts.join("nested.md")).expect("a folder");
    for name in ["b.md", "a.MARKDOWN", "c.html", ".hidden.md", "logo.png", "README", "nested.md/d.md"] {
        std::fs::write(posts.join(name), name).expect("written");
    }
    let names = |found: &[Document]| found.iter().filter_map(|d| d.file_name.clone()).collect::<Vec<_>>();
    let (found, first) =
        documents(read(folder.path(), "_posts", &Validators::default()).await.expect("files"));
    assert_eq!(names(&found), ["a.MARKDOWN", "b.md", "c.html"]);
    std::fs::write(posts.join("logo.png"), "another").expect("written");
    assert_eq!(not_modified(read(folder.path(), "_posts", &first).await), first);
    std::fs::rename(posts.join("b.md"), posts.join("bb.md")).expect("renamed");
    let (found, second) = documents(read(folder.path(), "_posts", &first).await.expect("files"));
    assert_eq!(names(&found), ["a.MARKDOWN", "bb.md", "c.html"]);
    std::fs::remove_file(posts.join("bb.md")).expect("removed");
    let (found, _) = documents(read(folder.path(), "_posts", &second).await.expect("files"));
    assert_eq!(names(&found), ["a.MARKDOWN", "c.html"]);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_whole_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let nothing = Validators::default();
    let missing = read(folder.path(), "board.csv", &nothing).await.expect_err("nothing there").to_string();
    assert!(missing.contains("board.csv: No such file"), "{missing}");
    std::fs::write(folder.path().join("board.csv"), "x".repeat(1001)).expect("written");
    let large = read(folder.path(), "board.csv", &nothing).await.expect_err("too large").to_string();
    assert_eq!(large, "the document is larger than 1000 bytes");
    // One file of a folder that is too large is not left out in silence.
    let large = read(folder.path(), "", &nothing).await.expect_err("too large").to_string();
    assert_eq!(large, "the document is larger than 1000 bytes");
    if cfg!(unix) {
        let endless = read(Path::new("/dev"), "zero", &nothing).await.expect_err("no file").to_string();
        assert_eq!(endless, "/dev/zero: neither a file nor a folder");
    }
}
