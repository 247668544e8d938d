#!/usr/bin/env python3
"""How long a pass takes: many feeds on a loopback server, a release build, ratios in one run.

    cargo build --release && python3 bench/pass.py [--feeds 1000] [--entries 50] [--runs 3] [--times 5]

A run is three passes of `shelfwire run` on one empty folder: cold (nothing is known), warm (nothing
changed, every answer is 304) and next (one feed in fifty has one new entry). Printed are medians of wall
and CPU seconds and peak memory, warm and next as parts of cold, and what --times as many feeds cost.
With --against COMMAND another program does the same in turn; {urls} stands for a file with an address a
line, {state} for a folder of its own. Needs nothing but Python 3 and a Linux loopback (127.0.0.1 to
127.0.0.250). Texts and employers are made up from a seed.
"""
import argparse, asyncio, gzip, hashlib, html, multiprocessing, os, pathlib, random, resource, shlex, statistics
import subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HOSTS, CHANGED = 250, 50
TOWNS = ["Boston, MA", "Ithaca, NY", "Austin, TX", "Salem, OR", "Athens, GA", "Boise, ID", "Ames, IA", "Provo, UT"]
NOUNS = ["Librarian", "Archivist", "Cataloger", "Library Assistant", "Library Director", "Metadata Specialist"]
KINDS = ["Music", "Children's", "Systems", "Reference", "Law", "Digital Collections", "Map", "Serials", "Medical"]
WORDS = """the library seeks a colleague who describes preserves and shares collections with readers staff faculty
students and the public works with metadata standards finding aids budgets schedules vendors and volunteers teaches
workshops answers questions evaluates services writes reports serves on committees full time benefits degree required
experience preferred knowledge of systems ability to lift boxes communicates clearly in writing and speech""".split()


def entry(feed, number):
    rng = random.Random(f"{feed}/{number}")
    town = rng.choice(TOWNS)
    title = f"{rng.choice(KINDS)} {rng.choice(NOUNS)} - {town.split(',')[0]} Library System {feed % 400}"
    text = "".join(f"<p>{' '.join(rng.choices(WORDS, k=60)).capitalize()}.</p>\n" for _ in range(9))
    duties = "".join(f"<li>{' '.join(rng.choices(WORDS, k=9))}</li>" for _ in range(8))
    pay = rng.randrange(40, 90)
    return title, f"<p>{town}</p>{text}<ul>{duties}</ul><p>Salary ${pay},000 - ${pay + 9},000. Open until filled.</p>"


def document(feed, entries):
    """One feed, RSS and Atom in turn; the newest entry first."""
    items = []
    for number in range(entries, 0, -1):
        title, text = (html.escape(t) for t in entry(feed, number))
        link = f"https://board{feed}.example.org/jobs/{number + 1000}?utm_source=rss"
        day, hour = number % 28 + 1, feed % 24
        if feed % 2:
            items.append(f"<entry><title>{title}</title><id>{link}</id><link href='{link}'/>"
                         f"<updated>2026-10-{day:02}T{hour:02}:00:00Z</updated><content type='html'>{text}</content></entry>")
        else:
            items.append(f"<item><title>{title}</title><guid>{link}</guid><link>{link}</link>"
                         f"<pubDate>{day} Oct 2026 {hour:02}:00:00 GMT</pubDate><description>{text}</description></item>")
    body = "\n".join(items)
    if feed % 2:
        text = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Board {feed}</title><id>urn:board:{feed}</id>" \
               f"<updated>2026-10-30T00:00:00Z</updated>{body}</feed>"
    else:
        text = f"<rss version='2.0'><channel><title>Board {feed}</title><link>https://board{feed}.example.org/</link>" \
               f"<description>Jobs</description>{body}</channel></rss>"
    return text.encode()


def serve(feeds, entries, ready, hour):
    """A loopback server with ETag, 304 and gzip, in a process of its own."""
    now = [{}, {}]
    for feed in range(feeds):
        for later in (0, 1):
            if later and feed % CHANGED:
                now[1][feed] = now[0][feed]
                continue
            body = document(feed, entries + later)
            now[later][feed] = (hashlib.sha1(body).hexdigest().encode(), gzip.compress(body, 5, mtime=0))

    async def answer(reader, writer):
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                break
            feed = int(head.split(b" ", 2)[1].rsplit(b"/", 1)[1])
            tag, body = now[hour.value][feed]
            if tag in head:
                writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "%s"\r\n\r\n' % tag)
            else:
                writer.write(b'HTTP/1.1 200 OK\r\nETag: "%s"\r\nContent-Encoding: gzip\r\nContent-Type: application/xml\r\n'
                             b"Content-Length: %d\r\n\r\n" % (tag, len(body)) + body)
            await writer.drain()
        writer.close()

    async def main():
        hosts = [f"127.0.0.{n}" for n in range(1, HOSTS + 1)]
        server = await asyncio.start_server(answer, hosts[0], 0)
        port = server.sockets[0].getsockname()[1]
        rest = await asyncio.start_server(answer, hosts[1:], port, backlog=512)
        ready.send(port)
        async with server, rest:
            await asyncio.gather(server.serve_forever(), rest.serve_forever())

    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(main())


def once(command, folder):
    began = time.time()
    process = subprocess.Popen(command, stdout=open(f"{folder}/out", "a"), stderr=subprocess.STDOUT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}:\n" + open(f"{folder}/out").read()[-2000:])
    return time.time() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(feeds, entries, runs, against):
    """Medians of (wall, CPU, memory) by (who, phase)."""
    hour = multiprocessing.Value("i", 0)
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(feeds, entries, theirs, hour), daemon=True)
    server.start()
    port = ours.recv()
    urls = [f"http://127.0.0.{feed % HOSTS + 1}:{port}/{feed}" for feed in range(feeds)]
    settings = "[site]\ntitle = 'Load'\nbase_url = 'https://load.example.org/'\n[fetch]\nconcurrency = 64\n"
    settings += "allow_hosts = ['127.0.0.0/8']\n[publish]\ntag_regions = false\n"
    settings += "".join(f"[[source]]\nname = 's{n}'\nurl = '{url}'\ntitle = '{{title}} - {{employer}}'\n"
                        f"defaults = {{ country = 'US' }}\n" for n, url in enumerate(urls))
    found = {}
    for _ in range(runs):
        for who in ("shelfwire", "other") if against else ("shelfwire",):
            with tempfile.TemporaryDirectory() as folder:
                pathlib.Path(folder, "feeds.toml").write_text(settings)
                pathlib.Path(folder, "urls.txt").write_text("\n".join(urls))
                other = against and [a.format(urls=f"{folder}/urls.txt", state=folder) for a in shlex.split(against)]
                command = [str(ROOT / "target/release/shelfwire"), "run", "--config", f"{folder}/feeds.toml"]
                for phase in ("cold", "warm", "next"):
                    hour.value = phase == "next"
                    found.setdefault((who, phase), []).append(once(command if who == "shelfwire" else other, folder))
    server.terminate()
    return {key: [statistics.median(part) for part in zip(*all)] for key, all in found.items()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--feeds", type=int, default=1000)
    ap.add_argument("--entries", type=int, default=50)
    ap.add_argument("--runs", type=int, default=3)
    ap.add_argument("--times", type=int, default=5)
    ap.add_argument("--against", metavar="COMMAND")
    a = ap.parse_args()
    small = measure(a.feeds, a.entries, a.runs, a.against)
    print(f"{a.feeds} feeds of {a.entries} entries\n{'':10} {'':5} {'wall s':>8} {'CPU s':>8} {'MB':>6} {'of cold':>8}")
    for (who, phase), (wall, cpu, memory) in small.items():
        print(f"{who:10} {phase:5} {wall:8.2f} {cpu:8.2f} {memory:6.0f} {wall / small[who, 'cold'][0]:8.2f}")
    if a.against:
        for phase in ("cold", "warm", "next"):
            wall, cpu, memory = (x / y for x, y in zip(small["shelfwire", phase], small["other", phase]))
            print(f"{'ratio':10} {phase:5} {wall:8.2f} {cpu:8.2f} {memory:6.2f}")
    if a.times > 1:
        large = measure(a.feeds * a.times, a.entries, 1, None)
        wall, cpu, memory = large["shelfwire", "cold"]
        print(f"{a.times} times as many feeds, cold: {wall:.2f} s wall, {cpu:.2f} s CPU, {memory:.0f} MB; "
              f"{wall / small['shelfwire', 'cold'][0]:.2f} times the wall")


if __name__ == "__main__":
    main()
