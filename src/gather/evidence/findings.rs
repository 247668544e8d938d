//! Two postings in, one finding after the other out: how addresses, titles, employers, places and texts
//! agree, and the verdict that follows.

use super::{AGAIN_AFTER, Effect, Evidence, Outcome, POSSIBLE, Rule, SAME, SEASON, Side, Verdict, WEIGHTS};
use crate::gather::traits::{Site, Traits};
use crate::gather::words::{each_meant, is_slip, is_unit, turns_a_name};
use crate::gather::{employer, number, title};
use crate::iso;
use crate::posting::EmploymentType;

/// Words of a text that is no form and no excerpt.
const LONG_TEXT: u32 = 250;

/// Words of an excerpt that are no greeting and no name.
const LONG_EXCERPT: u32 = 40;

/// Words that tell in a title that hardly two jobs have.
const LONG_TITLE: usize = 5;

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    evidence: Vec<Evidence>,
    /// Both lead to the same page.
    page: bool,
    /// An address or a number is the same.
    key: bool,
    /// An address or a number says that it is another requisition.
    other_number: bool,
    /// The whole text is the same.
    text: bool,
}

impl Findings {
    pub(super) fn add(&mut self, rule: Rule, found: impl FnOnce() -> String) {
        self.put(rule, Effect::Weighs, found);
    }

    fn put(&mut self, rule: Rule, effect: Effect, found: impl FnOnce() -> String) {
        let (weight, says) = WEIGHTS
            .iter()
            .find(|(known, ..)| *known == rule)
            .map_or((0.0, ""), |(_, weight, says)| (*weight, *says));
        self.evidence.push(Evidence { rule, weight, effect, says, found: found() });
    }

    /// Addresses and requisition numbers, and whether both stand on one board.
    pub(super) fn addresses(&mut self, a: Side, b: Side) {
        let (one, two) = (a.traits, b.traits);
        let shared = one.addresses().find(|address| two.addresses().any(|other| other == *address));
        let same_page = one.address.is_some() && one.address == two.address;
        if let Some(shared) = shared {
            self.key = true;
            self.page = same_page;
            let rule = if same_page { Rule::AddressSame } else { Rule::ApplySame };
            self.add(rule, || shared.to_owned());
        } else if one.page.is_some() && one.page == two.page {
            (self.key, self.page) = (true, true);
            self.add(Rule::PageSame, String::new);
        }
        // Short numbers are met by chance.
        let number = one.numbers.iter().find(|number| number.len() >= 5 && two.numbers.contains(number));
        if let Some(number) = number {
            self.key = true;
            self.add(Rule::NumberSame, || number.clone());
        }
        if !self.page {
            self.numbers(a, b);
        }
    }

    /// Whether the employer's own system has two numbers for them.
    fn numbers(&mut self, a: Side, b: Side) {
        // What both texts name is the employer's, what each names alone is the job's.
        let alone = |one: &Traits, other: &Traits| -> Vec<String> {
            one.numbers.iter().filter(|number| !other.numbers.contains(number)).cloned().collect()
        };
        let (first, second) = (alone(a.traits, b.traits), alone(b.traits, a.traits));
        if first.iter().any(|one| second.iter().any(|two| one.len() == two.len())) {
            self.other_number = true;
            self.add(Rule::NumberOther, || format!("{} / {}", first.join(" "), second.join(" ")));
            return;
        }
        let host = |address: &str| address.split('/').next().unwrap_or_default().to_owned();
        // The pages of one board are numbered, too: that is no requisition.
        let of = |side: Side| -> Vec<String> {
            if a.source == b.source {
                side.traits.apply.iter().cloned().collect()
            } else {
                side.traits.addresses().map(str::to_owned).collect()
            }
        };
        for one in of(a) {
            for two in of(b).into_iter().filter(|two| host(two) == host(&one)) {
                let (first, second) = (number::of_address(&one), number::of_address(&two));
                if first.is_empty() || second.is_empty() {
                    continue;
                }
                if first.iter().any(|number| second.contains(number)) {
                    self.key = true;
                    self.add(Rule::NumberSame, || first.join(" "));
                    return;
                }
                self.other_number = true;
                self.add(Rule::NumberOther, || format!("{} / {}", first.join(" "), second.join(" ")));
                return;
            }
        }
    }

    pub(super) fn titles(&mut self, one: Side, two: Side, days: i64) {
        let (a, b) = (one.traits, two.traits);
        let codes: Vec<String> = [a, b].iter().flat_map(|side| &side.sites).filter_map(Site::code).collect();
        let named = [a, b].into_iter().flat_map(|side| side.employer.words().chain(side.cities()));
        let mut names: Vec<&str> = named.chain(codes.iter().map(String::as_str)).collect();
        // Where no employer is known, the title holds it.
        for side in [a, b].into_iter().filter(|side| !side.employer.is_known()) {
            let general = |word: &&str| turns_a_name(word) || is_unit(word);
            names.extend(side.title.core.iter().map(String::as_str).filter(general));
        }
        let (agreement, differing) = title::compare(&a.title, &b.title, &names);
        let words = || if differing.is_empty() { a.title.core.join(" ") } else { differing.join(" ") };
        match agreement {
            title::Agreement::Same => {
                self.add(Rule::TitleSame, words);
                if a.title.core.len().min(b.title.core.len()) >= LONG_TITLE {
                    self.add(Rule::TitleLong, String::new);
                }
            }
            title::Agreement::Plain => self.add(Rule::TitlePlain, words),
            title::Agreement::Cut if days <= 7 => self.add(Rule::TitleCut, words),
            title::Agreement::Cut => self.put(Rule::TitleMore, Effect::NeedsPage, words),
            // `Children's Librarian, Northside`: a plain title says more where there are several.
            // So does one board that lists both.
            title::Agreement::More
                if a.title.is_plain()
                    || b.title.is_plain()
                    || a.title.core.len().min(b.title.core.len()) < 2
                    || days > 14
                    || one.source == two.source =>
            {
                self.put(Rule::TitleMore, Effect::NeedsKey, words);
            }
            title::Agreement::More => self.add(Rule::TitleMore, words),
            title::Agreement::Rank => self.put(Rule::TitleRank, Effect::NeedsKey, words),
            title::Agreement::Near => self.put(Rule::TitleNear, Effect::NeedsPage, words),
            title::Agreement::Other => self.put(Rule::TitleOther, Effect::NeedsPage, words),
        }
        let [mine, theirs] = title::rests(&a.title, &b.title, &names);
        let both = !mine.is_empty() && !theirs.is_empty();
        let any = !mine.is_empty() || !theirs.is_empty();
        // One board writes all its lines alike: there each word counts.
        if both || any && (one.source == two.source || matches!(agreement, title::Agreement::Plain)) {
            self.put(Rule::Line, Effect::NeedsKey, || format!("{} / {}", mine.join(" "), theirs.join(" ")));
        }
        self.qualities(a, b);
    }

    /// What stands beside the words of a title: each is a veto where both sides name another, and
    /// needs a key where only one names any.
    fn qualities(&mut self, a: &Traits, b: &Traits) {
        let (one, two) = (&a.title, &b.title);
        let text = |list: &[String]| list.join(" ");
        let grades = |list: &[u8]| list.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
        self.quality(Rule::Grade, &one.grades, &two.grades, || {
            format!("{} / {}", grades(&one.grades), grades(&two.grades))
        });
        for (rule, first, second) in
            [(Rule::Shift, &one.shifts, &two.shifts), (Rule::Branch, &one.branches, &two.branches)]
        {
            self.quality(rule, first, second, || format!("{} / {}", text(first), text(second)));
        }
        let professors = (&one.professor, &two.professor);
        if !professors.0.is_empty()
            && !professors.1.is_empty()
            && !one.professor.iter().any(|rank| rank != "professor" && two.professor.contains(rank))
            && one.professor != two.professor
        {
            self.put(Rule::Professor, Effect::Vetoes, || {
                format!("{} / {}", text(professors.0), text(professors.1))
            });
        }
        if let Some(effect) = hours(a, b).max(hours(b, a)) {
            self.put(Rule::Hours, effect, String::new);
        }
    }

    fn quality<T: PartialEq>(&mut self, rule: Rule, a: &[T], b: &[T], found: impl FnOnce() -> String) {
        if a == b {
            return;
        }
        let both = !a.is_empty() && !b.is_empty();
        if both && a.iter().any(|one| b.contains(one)) {
            return;
        }
        self.put(rule, if both { Effect::Vetoes } else { Effect::NeedsKey }, found);
    }

    pub(super) fn employers(&mut self, a: &Traits, b: &Traits) {
        let towns: Vec<&str> = a.cities().chain(b.cities()).collect();
        let states = states(a, b);
        let states: Vec<&str> = states.iter().map(String::as_str).collect();
        let none = String::new;
        match employer::compare(&a.employer, &b.employer, &towns, &states) {
            employer::Agreement::Same => self.add(Rule::EmployerSame, none),
            employer::Agreement::Unit => self.add(Rule::EmployerUnit, none),
            employer::Agreement::Campus => self.add(Rule::EmployerCampus, none),
            employer::Agreement::System => self.add(Rule::EmployerSystem, none),
            employer::Agreement::Siblings => self.add(Rule::EmployerSiblings, none),
            employer::Agreement::Unknown if named(a, b) || named(b, a) => self.add(Rule::EmployerNamed, none),
            employer::Agreement::Unknown if self.page => {}
            employer::Agreement::Unknown => self.add(Rule::EmployerUnknown, none),
            employer::Agreement::OtherCampus => self.put(Rule::EmployerOtherCampus, Effect::Vetoes, none),
            employer::Agreement::Other => self.put(Rule::EmployerOther, Effect::NeedsPage, none),
        }
    }

    pub(super) fn places(&mut self, one: Side, two: Side) {
        let (a, b) = (one.traits, two.traits);
        let names = |word: &str| [a, b].iter().all(|side| side.employer.words().any(|name| name == word));
        let pairs = a.sites.iter().flat_map(|one| b.sites.iter().map(move |two| (one, two)));
        // The best pair of places speaks.
        let best = pairs.map(|(one, two)| place(one, two, &names)).max_by_key(|(rank, _)| *rank);
        match best {
            None => {}
            Some((3, city)) => self.add(Rule::PlaceSame, || city),
            Some((2, region)) => self.add(Rule::PlaceRegion, || region),
            // Some boards name the town of the main office, of a suburb, of the campus' own post office.
            Some((1, cities)) if one.source != two.source && !a.title.is_plain() => {
                self.add(Rule::PlaceOther, || cities);
            }
            Some((1, cities)) => self.put(Rule::PlaceOther, Effect::NeedsKey, || cities),
            Some((_, regions)) => self.put(Rule::PlaceOtherRegion, Effect::NeedsKey, || regions),
        }
    }

    pub(super) fn texts(&mut self, a: Side, b: Side) {
        let share = a.traits.sketch.containment(&b.traits.sketch);
        if let Some(found) = share {
            let percent = || format!("{:.0} % of the shorter text", found.share * 100.0);
            let size = a.traits.sketch.size.min(b.traits.sketch.size);
            let long = size >= LONG_TEXT;
            match (found.whole, found.share) {
                (true, 0.95..) if long => {
                    self.text = true;
                    self.add(Rule::TextWhole, percent);
                }
                (true, 0.8..) => {
                    self.text = true;
                    self.add(Rule::TextSame, percent);
                }
                (true, 0.5..) => self.add(Rule::TextMuch, percent),
                (true, ..0.3) if long => self.add(Rule::TextOther, percent),
                (false, 0.9..) if size >= LONG_EXCERPT => {
                    self.add(Rule::TextBeginning, percent);
                }
                (false, 0.6..) => self.add(Rule::TextExcerpt, percent),
                _ => {}
            }
        }
        if a.source == b.source {
            let rule = if self.text { Rule::SourceSameText } else { Rule::SourceSame };
            self.add(rule, || a.source.to_owned());
        }
    }

    pub(super) fn verdict(self, a: Side, b: Side, days: i64) -> Verdict {
        let score: f32 = self.evidence.iter().map(|evidence| evidence.weight).sum();
        let vetoed = self.evidence.iter().any(|evidence| evidence.effect == Effect::Vetoes);
        let needs = |effect| self.evidence.iter().any(|evidence| evidence.effect == effect);
        let (early, late) = if a.posted <= b.posted { (a, b) } else { (b, a) };
        let closed = early.traits.closes.is_some_and(|last| last < late.posted.date_naive());
        let window = if self.key || self.text { SEASON } else { AGAIN_AFTER };
        let again = days > window || closed && !self.key && !self.text && days > 14;
        let held = needs(Effect::NeedsKey) && !self.key || needs(Effect::NeedsPage) && !self.page;
        // A position that is advertised again has a new number, and its text is often written anew.
        let lasting = score
            - self.weight_of(Rule::DaysMany)
            - self.weight_of(Rule::TextOther)
            - self.weight_of(Rule::SourceSame);
        let outcome = if vetoed {
            Outcome::Different
        } else if again {
            if !held && lasting >= SAME - 1.0 { Outcome::Readvertised } else { Outcome::Different }
        } else if self.other_number {
            Outcome::Different
        } else if score >= SAME && !held {
            Outcome::Same
        } else if score >= POSSIBLE {
            Outcome::Possible
        } else {
            Outcome::Different
        };
        // A copy may leave out what another says; one board that lists two with a difference means two.
        let two = held && (a.source == b.source || needs(Effect::NeedsPage));
        let apart = vetoed || again || self.other_number || two;
        Verdict { outcome, apart, score, evidence: self.evidence }
    }

    fn weight_of(&self, rule: Rule) -> f32 {
        self.evidence.iter().filter(|evidence| evidence.rule == rule).map(|evidence| evidence.weight).sum()
    }
}

/// Whether the title line of `b`, of which no employer is known, names that of `a`.
fn named(a: &Traits, b: &Traits) -> bool {
    let mut telling = a.employer.telling().into_iter();
    let line = |word: &str| b.title.line.iter().chain(&b.title.rest).any(|known| known == word);
    !b.employer.is_known() && a.employer.words().count() > 1 && telling.all(line)
}

/// What hours that `a`'s title states mean beside `b`: nothing if `b` states them, too, in its title or
/// in its text.
fn hours(a: &Traits, b: &Traits) -> Option<Effect> {
    use EmploymentType::{FullTime, PartTime, Temporary};
    let has = |side: &Traits, kind| side.types.contains(&kind);
    let mine = |bit| a.title.hours & bit != 0;
    let theirs = |bit| b.title.hours & bit != 0;
    let mut effect = None;
    if mine(title::PART) && !mine(title::FULL) && !theirs(title::PART) && !has(b, PartTime) {
        effect = effect.max(Some(if theirs(title::FULL) { Effect::Vetoes } else { Effect::NeedsKey }));
    }
    if mine(title::FULL)
        && !mine(title::PART)
        && !theirs(title::FULL)
        && has(b, PartTime)
        && !has(b, FullTime)
    {
        effect = effect.max(Some(Effect::NeedsKey));
    }
    if mine(title::TEMPORARY) && !theirs(title::TEMPORARY) && !has(b, Temporary) {
        effect = effect.max(Some(Effect::NeedsKey));
    }
    effect
}

/// How two places agree, the better the higher, and what they are called. `names` says whether a word
/// is in both employers' names: of `Urbana-Champaign` boards name either town.
fn place(a: &Site, b: &Site, names: &dyn Fn(&str) -> bool) -> (u8, String) {
    let same_city = a.city == b.city || is_slip(&a.city.join(" "), &b.city.join(" "));
    let regions = (a.region.as_deref().unwrap_or_default(), b.region.as_deref().unwrap_or_default());
    let same_region = regions.0 == regions.1
        || regions.0.is_empty()
        || regions.1.is_empty()
        || is_within(regions.0, regions.1);
    let both = !a.city.is_empty() && !b.city.is_empty();
    let named = both && a.city.iter().chain(&b.city).all(|word| names(word));
    match (both, same_city || named, same_region) {
        (true, true, true) => (3, a.city.join(" ")),
        // The same town in another state is a slip of the board as often as not.
        (true, true, false) => (2, format!("{} / {}", regions.0, regions.1)),
        (true, false, true) => (1, format!("{} / {}", a.city.join(" "), b.city.join(" "))),
        (false, _, true) => (2, if regions.0.is_empty() { regions.1 } else { regions.0 }.to_owned()),
        _ => (0, format!("{} / {}", regions.0, regions.1)),
    }
}

/// Whether one code is of the country that the other's region is in: `US`, `US-NY`.
fn is_within(a: &str, b: &str) -> bool {
    let within = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    within(a, b) || within(b, a)
}

/// Words of the names of the regions that both postings are in.
fn states(a: &Traits, b: &Traits) -> Vec<String> {
    let codes = [a, b].into_iter().flat_map(|side| &side.sites).filter_map(|site| site.region.as_deref());
    let mut words = Vec::new();
    for name in codes.filter_map(iso::region_name) {
        each_meant(&crate::text::fold(name), |word| words.push(word.to_owned()));
    }
    words
}
