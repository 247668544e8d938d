//! A word in, what it stands for in a title line out: job, employer, unit or status.
//!
//! The tables are words of the trade (job titles of libraries, archives and museums, and what
//! their employers call themselves) and acronyms of large public bodies, not names of employers. All
//! are in lower case.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::iso;
use crate::text::fold;

/// What a word stands for where it is the head of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Someone who works, or the post itself: Librarian, Fellowship.
    Job,
    /// An organisation that hires: University, Foundation, Inc.
    Employer,
    /// A part of an organisation, or a word that some employers and many units share: Center,
    /// Archives, Department.
    Unit,
}

const JOB: &str = "
    librarian librarians archivist archivists assistant assistants asst associate assoc director directors
    manager managers mgr head heads chief coordinator coordinators specialist specialists supervisor
    supervisors spvr technician technicians intern interns internship internships fellow fellows
    fellowship fellowships curator curators cataloger catalogers cataloguer cataloguers clerk clerks page
    pages aide aides dean deans officer officers analyst analysts developer developers engineer engineers
    editor editors administrator administrators registrar registrars conservator conservators
    preservationist professor professors professorship prof instructor instructors lecturer lecturers
    teacher teachers faculty chair programmer programmers representative researcher researchers scholar
    scholars consultant consultants trainee trainees apprentice apprentices volunteer volunteers
    substitute adjunct adjuncts executive president provost strategist designer designers architect
    producer photographer driver historian historians genealogist bibliographer indexer informationist
    custodian worker workers position positions opportunity opportunities opening openings job jobs
    student students staff shelver shelvers generalist liaison ceo cio cto vp secretary receptionist
    bookkeeper accountant scientist scientists educator educators trainer trainers advisor adviser
    advocate navigator ambassador associateship traineeship scholarship residency resident
    apprenticeship lead leader operator processor processors digitizer transcriber translator writer
    monitor guard attendant docent guide usher model accompanist preparator preparators tutor counselor deputy postdoc
    technologist tecnico bibliothecaire bibliothekar bibliothekarin archivar archivarin archiviste";

const EMPLOYER: &str = "
    university universities college colleges library libraries museum museums society institute
    institution institutions foundation council inc llc llp ltd corp corporation company co gmbh plc
    hospital hospitals clinic school schools seminary academy conservatory consortium association
    federation league union church diocese archdiocese synagogue parish court courts district authority
    commission agency bureau ministry parliament senate congress bank trust athenaeum observatory
    laboratory laboratories gardens garden zoo aquarium ymca ywca ymha suny cuny nyu ucla usc mit unlv unc
    nara nasa nps unesco studios universidad universite universität universitat hochschule bibliothek
    bibliotheque bibliothèque musee musée biblioteca museo archiv townships township club tribe nation
    fund alliance network conservancy galleries";

const UNIT: &str = "
    center centre centers system systems archive archives department dept division branch campus
    gallery service labs lab group press county committee board collective cooperative house memorial
    partners partnership solutions technologies publishing publishers magazine times hall castle studio";

/// Legal forms: they end a name and never begin one.
const LEGAL: &str = "inc llc llp ltd corp co gmbh plc pllc lp";

/// Words that say `X of Y` names an employer after its place or rank: City of, Port of.
const SEATS: &str = "city county town village borough port state archdiocese diocese district";

/// Those who lead: a comma or dash after one of them begins what is led, not the employer.
const LEADERS: &str = "
    head chief director manager mgr dean curator supervisor coordinator lead leader chair deputy president
    officer administrator";

/// What stands before a leader's word without naming what is led.
const RANKS: &str = "
    assistant associate asst assoc senior sr junior jr deputy vice interim acting executive managing co founding
    section department unit academic program";

/// How, when or how long one works, or how the advertisement stands.
const STATUS: &str = "
    part time fulltime parttime full pt ft ptime temporary temp term limited fixed short long seasonal
    season summer winter spring fall autumn semester grant funded contract contractual casual hourly
    salaried exempt nonexempt non benefited benefitted benefit benefits eligible tenure track tenured
    nontenure untenured permanent provisional interim months month monthly mo yr yrs year years week weeks
    weekly day days daily hour hours hr hrs evening evenings weekend weekends night nights morning
    mornings afternoon afternoons monday tuesday wednesday thursday friday saturday sunday mon tue wed thu
    fri sat sun shift shifts position positions posting job openings opening vacancy vacancies multiple
    several search extended reopened reopen opened extension repost reposted post posted revised updated
    update re readvertised readvertisement pool on call oncall as needed paid unpaid stipend volunteer
    remote hybrid onsite site virtual telework housing incl included provided available relo relocation
    appointment open rank continuous continuing until filled deadline immediate internal applicants only
    flexible schedule renewable possible ongoing recurring closing grade band step fte am pm
    fy w2 start one two three four five posts opportunity substitute";

/// Words that carry nothing in a status note.
const NEUTRAL: &str = "and or per of a an the with for in to x up at least plus";

/// Words before a requisition number.
const CODE_LABELS: &str = "
    job req reqs requisition reqid id code posting position number no num nr ref reference pin pcn vacancy
    announcement and";

/// Words that make a unit's name without naming it: every university has University Libraries.
const GENERIC: &str = "
    university college main central public law medical health sciences campus school library libraries
    archives special collections the of and division department services system";

/// Forms that stay in capitals.
const ACRONYMS: &str = "
    mlis mls mlib lis it gis nyu suny cuny us usa uk un ii iii iv vi vii viii ix xi xii hr pr pt ft av ux ui
    ill dam oer stem steam ya esl esol lgbt lgbtq nasa nara tv ai ml api ceo cio cfo coo cto vp dvd ils lsta
    ymca ywca nypl bpl ucla usc mit unlv unc llc llp plc aids hiv nato unesco noaa nih nsf neh imls oclc
    ead marc rda xml sql css html ocr pdf crm erm dei edi ada hvac k12 phd md jd llm mba mfa ma ba bs ms
    dc ny nyc la sf uc ut uw hbo bbc npr pbs cnn abc nbc cbs afl cio aarp aclu naacp nps fbi cia epa irs gao
    nsa usda va hud jfk fdr";

/// Words that stay in lower case inside a title.
const SMALL: &str =
    "a an and as at by de del der des di du el for from in la le of on or per the to und vs with y";

/// Territories that no board names; their codes stand for other things: `UM` is a university.
const UNNAMED: [&str; 3] = ["US-AS", "US-MP", "US-UM"];

/// Hashes a word in a step for each eight bytes. The tables are constant: nobody can fill them with
/// words of one hash.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (chunks, rest) = bytes.as_chunks();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        for chunk in chunks.iter().chain([&last]) {
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }

    /// The mark behind a string, which tells it from the next; there is none.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        // Only the upper bits of a product depend on all bytes, and tables begin with the lower ones.
        self.0.rotate_left(26)
    }
}

type Build = BuildHasherDefault<WordHasher>;

/// Names, folded, and codes in lower case of the states, provinces and territories that mark a place.
static STATES: LazyLock<HashSet<String, Build>> =
    LazyLock::new(|| states().map(|(_, name)| fold(name)).collect());
static STATE_CODES: LazyLock<HashSet<String, Build>> =
    LazyLock::new(|| states().map(|(code, _)| code[3..].to_ascii_lowercase()).collect());

/// Codes and names.
fn states() -> impl Iterator<Item = (&'static str, &'static str)> {
    ["US", "CA"].into_iter().flat_map(iso::regions).filter(|(code, _)| !UNNAMED.contains(code))
}

/// Countries that boards write after a town, folded.
const COUNTRIES: &str = "
    canada usa us uk england scotland wales ireland australia germany france china japan india mexico spain
    italy netherlands belgium switzerland austria qatar singapore";

fn words(table: &'static str) -> HashSet<&'static str, Build> {
    table.split_whitespace().collect()
}

static KINDS: LazyLock<HashMap<&'static str, Kind, Build>> = LazyLock::new(|| {
    let tables = [(UNIT, Kind::Unit), (EMPLOYER, Kind::Employer), (JOB, Kind::Job)];
    tables.iter().flat_map(|(table, kind)| table.split_whitespace().map(|word| (word, *kind))).collect()
});

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident = $table:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(word: &str) -> bool {
            static SET: LazyLock<HashSet<&'static str, Build>> = LazyLock::new(|| words($table));
            SET.contains(word)
        }
    )*};
}

tables! {
    /// Whether a name cannot begin with the word.
    is_legal_form = LEGAL;
    is_seat = SEATS;
    is_leader = LEADERS;
    is_rank = RANKS;
    is_status = STATUS;
    is_neutral = NEUTRAL;
    is_code_label = CODE_LABELS;
    is_generic = GENERIC;
    is_acronym = ACRONYMS;
    is_small = SMALL;
    is_country = COUNTRIES;
}

/// What a word in lower case stands for.
pub fn kind(word: &str) -> Option<Kind> {
    KINDS.get(word).copied()
}

/// Whether a folded name is a state's or a province's.
pub fn is_state(folded: &str) -> bool {
    STATES.contains(folded)
}

/// Whether two letters in lower case are a state's or a province's.
pub fn is_state_code(letters: &str) -> bool {
    STATE_CODES.contains(letters)
}
