//! A cron expression in, for each field the numbers that fit it out.

/// A field of an expression. Names stand for the numbers from `low` on.
struct Field {
    name: &'static str,
    low: u8,
    high: u8,
    names: &'static [&'static str],
}

const SECOND: Field = Field { name: "second", low: 0, high: 59, names: &[] };
const MINUTE: Field = Field { name: "minute", low: 0, high: 59, names: &[] };
const HOUR: Field = Field { name: "hour", low: 0, high: 23, names: &[] };
const DAY: Field = Field { name: "day of the month", low: 1, high: 31, names: &[] };
const MONTH: Field = Field {
    name: "month",
    low: 1,
    high: 12,
    names: &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
};
/// Sunday is 0 and 7.
const WEEKDAY: Field = Field {
    name: "weekday",
    low: 0,
    high: 7,
    names: &["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
};
const FIELDS: [&Field; 6] = [&SECOND, &MINUTE, &HOUR, &DAY, &MONTH, &WEEKDAY];

const NICKNAMES: [(&str, &str); 7] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

/// The numbers that fit one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Ascending; weekdays from 0, Sunday, to 6.
    pub list: Vec<u8>,
    /// Whether the field begins with `*` (or `?`), which is what crontab(5) goes by in deciding
    /// whether it restricts anything: `*/2` does not.
    pub star: bool,
}

/// Second, minute, hour, day of the month, month, weekday.
///
/// # Errors
/// A phrase that says what is wrong.
pub(super) fn parse(text: &str) -> Result<[Numbers; 6], String> {
    let text = text.trim();
    let expanded = if text.starts_with('@') { nickname(text)? } else { text };
    let mut fields: Vec<_> = expanded.split_whitespace().collect();
    match fields.len() {
        5 => fields.insert(0, "0"),
        6 => {}
        count => return Err(format!("{text:?} has {count} fields; a cron expression has five or six")),
    }
    let mut numbers = Vec::with_capacity(6);
    for (field, part) in FIELDS.iter().zip(fields) {
        numbers.push(field.numbers(part).map_err(|error| format!("{text:?}: {error}"))?);
    }
    Ok(numbers.try_into().expect("there are six fields"))
}

fn nickname(text: &str) -> Result<&'static str, String> {
    let known = NICKNAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    known.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<_> = NICKNAMES.iter().map(|(name, _)| *name).collect();
        format!("{text:?} is none of {}", names.join(", "))
    })
}

impl Field {
    fn numbers(&self, text: &str) -> Result<Numbers, String> {
        let mut fits = [false; 60];
        for part in text.split(',') {
            let (base, step) = part.split_once('/').map_or((part, None), |(base, step)| (base, Some(step)));
            let (from, to) = self.range(base, step.is_some())?;
            let step = step.map_or(Ok(1), |step| self.step(part, step))?;
            for number in (from..=to).step_by(step) {
                fits[usize::from(if self.is_weekday() { number % 7 } else { number })] = true;
            }
        }
        let list = (0u8..).zip(fits).filter(|(_, fits)| *fits).map(|(number, _)| number).collect();
        Ok(Numbers { list, star: text.starts_with(['*', '?']) })
    }

    /// `*`, `5`, `5-7`, `mon-fri`; a number with a step, `5/15`, goes on to the end.
    fn range(&self, text: &str, has_step: bool) -> Result<(u8, u8), String> {
        // Sunday once is enough.
        let last = if self.is_weekday() { 6 } else { self.high };
        if text == "*" || (text == "?" && (self.is_weekday() || self.is_day())) {
            return Ok((self.low, last));
        }
        let Some((from, to)) = text.split_once('-') else {
            let number = self.number(text)?;
            return Ok((number, if has_step { last.max(number) } else { number }));
        };
        let (from, mut to) = (self.number(from)?, self.number(to)?);
        if self.is_weekday() && to == 0 && from > 0 {
            to = 7; // Friday to Sunday
        }
        if from > to {
            return Err(format!("the {} {text:?} runs backwards", self.name));
        }
        Ok((from, to))
    }

    fn number(&self, text: &str) -> Result<u8, String> {
        let Field { name, low, high, names } = self;
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            let number = text.parse().ok().filter(|number| (low..=high).contains(&number));
            return number.ok_or_else(|| format!("the {name} {text:?} is not from {low} to {high}"));
        }
        let lower = text.to_ascii_lowercase();
        let named = names.iter().position(|name| lower.len() >= 3 && name.starts_with(&lower));
        if let Some(place) = named {
            return Ok(low + place as u8);
        }
        // What Quartz and others have beyond crontab(5): the last day, the nearest working day,
        // the second Tuesday.
        let foreign = text.contains('#') || text.ends_with(['L', 'W']);
        if foreign && (self.is_day() || self.is_weekday()) {
            return Err(format!("the {name} {text:?}: `L`, `W` and `#` are not understood"));
        }
        Err(format!("the {name} {text:?} is no {name}"))
    }

    fn step(&self, part: &str, step: &str) -> Result<usize, String> {
        let most = usize::from(self.high - self.low) + usize::from(!self.is_weekday());
        let number = step.parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| format!("the {} {part:?}: a step is from 1 to {most}", self.name))
    }

    fn is_weekday(&self) -> bool {
        self.high == WEEKDAY.high
    }

    fn is_day(&self) -> bool {
        self.high == DAY.high
    }
}
