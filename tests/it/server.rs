//! Routes with scripted answers in, a web server on the loopback out that gives just those and
//! remembers what it was asked. Threads, no TLS, a request at a time on each connection.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What came in one request.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// The value of the header of this name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// One scripted answer: a status, headers, a body, and what goes wrong with it.
#[derive(Debug, Clone)]
pub struct Answer {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    chunked: bool,
    conditional: bool,
    fault: Fault,
}

#[derive(Debug, Clone, Copy)]
enum Fault {
    None,
    /// Nothing comes, until the server is dropped.
    Silence,
    /// The connection is closed instead of an answer.
    Hangup,
    /// After so many bytes of the body nothing more comes, until the server is dropped.
    Stall(usize),
    /// After so many bytes of the body the connection is closed.
    Cut(usize),
    /// So many bytes of the body at a time, with a pause after each.
    Drip(usize, Duration),
}

impl Answer {
    /// 200 and this body, its length in `Content-Length`.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Answer {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
            chunked: false,
            conditional: false,
            fault: Fault::None,
        }
    }

    /// This status and no body.
    pub fn status(status: u16) -> Self {
        Answer { status, ..Answer::ok("") }
    }

    pub fn redirect(status: u16, to: &str) -> Self {
        Answer::status(status).header("Location", to)
    }

    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.into(), value.as_ref().to_vec()));
        self
    }

    /// The body in chunks, without `Content-Length`.
    pub fn chunked(self) -> Self {
        Answer { chunked: true, ..self }
    }

    /// 304, with the same headers and no body, to whoever sends this answer's `ETag` or
    /// `Last-Modified` back, byte for byte.
    pub fn conditional(self) -> Self {
        Answer { conditional: true, ..self }
    }

    pub fn silence(self) -> Self {
        Answer { fault: Fault::Silence, ..self }
    }

    pub fn hangup(self) -> Self {
        Answer { fault: Fault::Hangup, ..self }
    }

    pub fn stall(self, after: usize) -> Self {
        Answer { fault: Fault::Stall(after), ..self }
    }

    pub fn cut(self, after: usize) -> Self {
        Answer { fault: Fault::Cut(after), ..self }
    }

    pub fn drip(self, bytes: usize, pause: Duration) -> Self {
        Answer { fault: Fault::Drip(bytes, pause), ..self }
    }

    fn is_known_to(&self, request: &Request) -> bool {
        let own = |name: &str| {
            let value = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
            value.map(|(_, value)| latin1(value))
        };
        match request.header("If-None-Match") {
            Some(sent) => own("ETag").as_deref() == Some(sent),
            None => request
                .header("If-Modified-Since")
                .is_some_and(|sent| own("Last-Modified").as_deref() == Some(sent)),
        }
    }
}

/// A web server on 127.0.0.1 that ends when it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Woken when the server ends.
    ended: Condvar,
}

#[derive(Default)]
struct State {
    /// For each path the answers left to give; the last one stays.
    routes: HashMap<String, Vec<Answer>>,
    requests: Vec<Request>,
    /// Answers being given, and the most at once so far.
    busy: usize,
    most: usize,
    /// To wake threads that wait for a client's next request.
    connections: Vec<TcpStream>,
    over: bool,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on the loopback");
        let address = listener.local_addr().expect("the port");
        let shared = Arc::new(Shared::default());
        let handle = thread::spawn({
            let shared = shared.clone();
            move || accept(&listener, &shared)
        });
        Server { address, shared, listener: Some(handle) }
    }

    /// The answers that requests for this path get, one after the other; the last one repeats.
    /// Replaces those that were there. A path without answers gets 404.
    pub fn route(&self, path: &str, answers: impl IntoIterator<Item = Answer>) -> &Self {
        // In reverse: the next one is at the end.
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        self.shared.lock().routes.insert(path.into(), answers);
        self
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The most answers that were being given at once so far.
    pub fn most_at_once(&self) -> usize {
        self.shared.lock().most
    }

    /// What came for this path so far.
    pub fn requests(&self, path: &str) -> Vec<Request> {
        self.shared.lock().requests.iter().filter(|request| request.path == path).cloned().collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        {
            let mut state = self.shared.lock();
            state.over = true;
            for connection in state.connections.drain(..) {
                // It may be closed already.
                let _ = connection.shutdown(std::net::Shutdown::Both);
            }
        }
        self.shared.ended.notify_all();
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Waits, but not beyond the server's end; an error then.
    fn wait(&self, time: Duration) -> io::Result<()> {
        let (state, _) = self
            .ended
            .wait_timeout_while(self.lock(), time, |state| !state.over)
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if state.over { Err(ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
    }

    /// Notes the request and takes its answer.
    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.lock();
        state.requests.push(request.clone());
        state.busy += 1;
        state.most = state.most.max(state.busy);
        match state.routes.get_mut(&request.path) {
            Some(answers) if answers.len() > 1 => answers.pop().expect("there is more than one"),
            Some(answers) => answers.first().cloned().unwrap_or_else(|| Answer::status(404)),
            None => Answer::status(404),
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for connection in listener.incoming() {
        let mut state = shared.lock();
        if state.over {
            return;
        }
        let Ok(connection) = connection else { continue };
        state.connections.extend(connection.try_clone());
        let shared = shared.clone();
        // An error is a client that went away, or the server's end.
        thread::spawn(move || converse(connection, &shared));
    }
}

fn converse(connection: TcpStream, shared: &Shared) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection.try_clone()?);
    while let Some(request) = read(&mut reader)? {
        let answer = shared.answer(&request);
        let written = write(&connection, &request, &answer, shared);
        shared.lock().busy -= 1;
        if let Err(error) = written {
            // The listener's clone keeps the connection open, so closing has to be said.
            let _ = connection.shutdown(std::net::Shutdown::Both);
            return Err(error);
        }
    }
    Ok(())
}

/// The next request; none if the client closed the connection.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut line = || -> io::Result<String> {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        Ok(latin1(&line).trim_end().to_owned())
    };
    let first = line()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (Some(method), Some(path)) = (words.next(), words.next()) else { return Ok(None) };
    let mut headers = Vec::new();
    loop {
        let line = line()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("Content-Length"));
    let mut body = vec![0; length.and_then(|(_, length)| length.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body)?;
    Ok(Some(Request { method, path, headers, body: latin1(&body) }))
}

/// Writes the answer; an error ends the connection.
fn write(mut out: &TcpStream, request: &Request, answer: &Answer, shared: &Shared) -> io::Result<()> {
    match answer.fault {
        Fault::Silence => shared.wait(Duration::MAX)?,
        Fault::Hangup => return Err(ErrorKind::ConnectionReset.into()),
        _ => {}
    }
    let known = answer.conditional && answer.is_known_to(request);
    let status = if known { 304 } else { answer.status };
    let mut head = format!("HTTP/1.1 {status} Scripted\r\n").into_bytes();
    for (name, value) in &answer.headers {
        head.extend_from_slice(name.as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value);
        head.extend_from_slice(b"\r\n");
    }
    let without_body = known || matches!(answer.status, 204 | 304);
    if answer.chunked && !without_body {
        head.extend_from_slice(b"Transfer-Encoding: chunked\r\n");
    } else if !without_body {
        head.extend_from_slice(format!("Content-Length: {}\r\n", answer.body.len()).as_bytes());
    }
    head.extend_from_slice(b"\r\n");
    out.write_all(&head)?;
    if without_body { Ok(()) } else { write_body(out, answer, shared) }
}

fn write_body(mut out: &TcpStream, answer: &Answer, shared: &Shared) -> io::Result<()> {
    let size = if let Fault::Drip(size, _) = answer.fault { size } else { 16 << 10 };
    let whole = match answer.fault {
        Fault::Stall(after) | Fault::Cut(after) => after.min(answer.body.len()),
        _ => answer.body.len(),
    };
    for piece in answer.body[..whole].chunks(size) {
        if answer.chunked {
            let mut chunk = format!("{:x}\r\n", piece.len()).into_bytes();
            chunk.extend_from_slice(piece);
            chunk.extend_from_slice(b"\r\n");
            out.write_all(&chunk)?;
        } else {
            out.write_all(piece)?;
        }
        if let Fault::Drip(_, pause) = answer.fault {
            shared.wait(pause)?;
        }
    }
    match answer.fault {
        Fault::Stall(_) => shared.wait(Duration::MAX)?,
        Fault::Cut(_) => return Err(ErrorKind::ConnectionReset.into()),
        _ => {}
    }
    if answer.chunked { out.write_all(b"0\r\n\r\n") } else { Ok(()) }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
