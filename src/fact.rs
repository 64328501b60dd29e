//! Facts, and what a family has answered to them.
//!
//! An answer is one of: not asked yet, unsure, a day that does not exist, a value. None of them is "no". Whether a
//! fact applies at all is not an answer; it is worked out where conditions are.

use crate::date::{Approx, Date};
use serde::{Deserialize, Serialize};

/// The option "no" of a yes-no, by its place.
pub const NO: u8 = 0;
/// The option "yes" of a yes-no, by its place.
pub const YES: u8 = 1;

/// How a fact is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Kind {
    /// Yes or no: `true` or `false`.
    YesNo,
    /// One option.
    Choice,
    /// Several options, or none of them.
    Set,
    /// One country, by its two ISO 3166-1 letters.
    Country,
    /// Several countries, by their two ISO 3166-1 letters.
    Countries,
    /// A date, exact or approximate.
    Date,
    /// Entries, each with the fields of the list.
    List,
}

/// One question of the rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its id, by which answers name it.
    pub id: String,
    /// How it is asked.
    pub kind: Kind,
    /// For a choice or a set: the option ids, in the order in which they are offered. For countries: the codes of all that
    /// can be named.
    pub options: Vec<String>,
    /// For a choice: the events that made it what it is today.
    pub since: Vec<Since>,
    /// How it is safe to find the fact out; an id with a text.
    pub find_out: String,
    /// For a list: the yes-no fact whose yes means that there is exactly one entry.
    pub short_when: Option<u16>,
    /// For a list: the field that says when the entry happened.
    pub happened: Option<u16>,
    /// For a list: the fields of an entry.
    pub fields: Vec<Field>,
    /// A date that may lie ahead (a permit runs out), where other dates are events that have happened or not.
    pub ahead: bool,
    /// One of the few questions that come first and tell whether something stops the family.
    pub first: bool,
    /// For a set: the options, as a bit mask, that count until the question has been asked. For a list: until then it has no entry.
    pub until_asked: Option<u32>,
    /// For a date: where else it may have been told.
    pub told_by: Option<ToldBy>,
    /// For a list: options of its entries that another answer turns into others.
    pub reads_as: Vec<ReadsAs>,
}

/// A date that is also told by the entries of a list whose field `kind` has the option: the latest of their `field`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToldBy {
    /// The list.
    pub list: u16,
    /// The date field of it.
    pub field: u16,
    /// The field that says which entries speak of it.
    pub kind: u16,
    /// What that field says then.
    pub option: u8,
}

/// An option of an entry that is what a paper says it is. `option` of `field` is read as one of the options, a bit mask, beside
/// the option that was answered to the fact `by`; where that is not known, as one of all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadsAs {
    /// The field of an entry.
    pub field: u16,
    /// The option that is read as others.
    pub option: u8,
    /// The fact that asks for the paper.
    pub by: u16,
    /// For each paper, by its option, what the entry is, as a bit mask.
    pub options: Vec<(u8, u32)>,
}

/// An event behind a choice. As of a day before the date fact `date`, the option `when` (any, without it) was not yet
/// so: the answer was `before`, or is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Since {
    /// When the event was.
    pub date: u16,
    /// The option that the event made so; any, without it.
    pub when: Option<u8>,
    /// The option before it; without it, what was so then is not known.
    pub before: Option<u8>,
}

/// One field of a list's entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its id, the key in an entry.
    pub id: String,
    /// How it is asked: a date, a choice or yes-no.
    pub kind: Kind,
    /// For a choice: the option ids, in the order in which they are offered.
    pub options: Vec<String>,
    /// Words that may stand in the place of a date, such as `duration-of-status`; `no` crosses as `false`.
    pub words: Vec<String>,
    /// Leaving the field out says something: the person is still here, the period still runs.
    pub still: bool,
    /// A date that may lie ahead.
    pub ahead: bool,
    /// The field is asked only where another field of the entry has one of these options, or is given at all.
    pub show_when: Option<ShowWhen>,
}

/// When a field of an entry is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShowWhen {
    /// The other field.
    pub field: u16,
    /// Options, as a bit mask; 0 means "given at all".
    pub options: u32,
}

/// Beside the options of [`Given::OneOf`]: there may be no such entry at all.
pub const NO_ENTRY: u32 = 1 << 31;

/// The most entries that a list takes.
pub const LIST_CAPACITY: usize = 12;
/// The most countries that a person can name.
pub const COUNTRY_CAPACITY: usize = 4;
/// Numbers that a date takes in the packed answers: from, to, and whether more can be said.
const DATE_SIZE: usize = 3;

impl Kind {
    /// Numbers that a value of the kind takes in the packed answers; a list takes more.
    pub fn size(self) -> usize {
        match self {
            Kind::Date => DATE_SIZE,
            Kind::Countries => COUNTRY_CAPACITY,
            _ => 1,
        }
    }
}

impl Field {
    /// What a word of the field, by its place, says.
    pub fn word(&self, place: u8) -> Given {
        match self.words.get(usize::from(place)).map(String::as_str) {
            None => Given::Unsure,
            Some("no") => Given::No,
            Some(_) => Given::Word(place),
        }
    }
}

impl Fact {
    /// Numbers that one entry of a list takes in the packed answers.
    pub fn entry_size(&self) -> usize {
        self.fields.iter().map(|f| f.kind.size()).sum()
    }

    /// Numbers that the fact takes in the packed answers.
    pub fn size(&self) -> usize {
        match self.kind {
            Kind::List => 1 + LIST_CAPACITY * self.entry_size(),
            kind => kind.size(),
        }
    }

    /// Each field with its place inside an entry.
    pub fn field_offsets(&self) -> impl Iterator<Item = (usize, &Field)> {
        self.fields.iter().scan(0, |at, field| {
            let here = *at;
            *at += field.kind.size();
            Some((here, field))
        })
    }
}

/// A country by its two ISO 3166-1 letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Country(u16);

impl Country {
    /// Reads two capital letters.
    pub fn parse(text: &str) -> Option<Country> {
        match text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Some(Country((u16::from(*a) - 64) * 32 + u16::from(*b) - 64)),
            _ => None,
        }
    }

    /// Its number in the packed answers.
    fn number(self) -> i32 {
        i32::from(self.0)
    }
}

/// What has been answered to a fact.
#[derive(Clone, PartialEq, Debug)]
pub enum Answer {
    /// Nobody asked.
    NotAsked,
    /// Asked; the person cannot say.
    Unsure,
    /// A day that the calendar does not have, such as 30 February.
    NoSuchDay,
    /// What the person said.
    Value(Value),
}

impl Answer {
    /// A date in it was told in part only, and the person did not say that no more can be said.
    pub fn can_be_finer(&self) -> bool {
        match self {
            Answer::Value(Value::Date(date)) => date.can_be_finer(),
            Answer::Value(Value::List(entries)) => {
                entries.iter().flatten().any(|given| matches!(given, Given::Date(date) if date.can_be_finer()))
            }
            _ => false,
        }
    }

    /// Nothing about it could be said more exactly.
    pub fn is_exact(&self) -> bool {
        match self {
            Answer::Value(Value::Date(date)) => date.range.day().is_some(),
            Answer::Value(Value::List(entries)) => entries.iter().flatten().all(|given| match given {
                Given::Date(date) => date.range.day().is_some(),
                given => !matches!(given, Given::Unsure | Given::OneOf { .. }),
            }),
            answer => matches!(answer, Answer::Value(_)),
        }
    }
}

/// What a person can say.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// An option by its place; for yes-no, [`NO`] or [`YES`].
    Choice(u8),
    /// Options as a bit mask.
    Set(u32),
    /// Countries.
    Countries(Vec<Country>),
    /// A date.
    Date(Dated),
    /// The entries of a list.
    List(Vec<Entry>),
}

/// A date, and whether the person has already said that it cannot be given more exactly.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Dated {
    /// The days that it can be.
    pub range: Approx,
    /// The person has said that no more can be said.
    pub vague: bool,
}

/// One entry of a list: its fields in the order of the fact.
pub type Entry = Vec<Given>;

/// What an entry says in one field.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Given {
    /// Left out. Where the field can be "still", that is what it means.
    Absent,
    /// Left out because it is not asked: another field of the entry says that there is no such thing.
    NotShown,
    /// The person cannot say.
    Unsure,
    /// An option, by its place.
    Choice(u8),
    /// One of these options, as a bit mask: a paper that would say which is not known. `asked`: somebody asked for it.
    OneOf {
        /// The options, as a bit mask.
        options: u32,
        /// Somebody asked for the paper.
        asked: bool,
    },
    /// A word in the place of a date.
    Word(u8),
    /// The word "no" in the place of a date: it has not happened.
    No,
    /// A date.
    Date(Dated),
}

impl Given {
    /// One of some options; where there is one only, that.
    pub fn one_of(options: u32, asked: bool) -> Given {
        match u8::try_from(options.trailing_zeros()) {
            Ok(option) if options.count_ones() == 1 => Given::Choice(option),
            _ => Given::OneOf { options, asked },
        }
    }
}

/// One answer for each fact, in the order of the facts.
pub type Answers = Vec<Answer>;

/// Reads the packed answers: for each fact its numbers, one after the other, as [`Fact::size`] counts them. Numbers
/// that mean nothing are read as "unsure", which is never taken for a "no"; missing ones as not asked.
///
/// Packed answers come from a person who answers on the as-of date: "this year" means this year until that day.
pub fn unpack(facts: &[Fact], slots: &[i32], as_of: Date) -> Answers {
    blocks(facts, slots).map(|(fact, mine)| unpack_fact(fact, mine, as_of)).collect()
}

/// Each fact with its numbers.
fn blocks<'a>(facts: &'a [Fact], slots: &'a [i32]) -> impl Iterator<Item = (&'a Fact, &'a [i32])> {
    facts.iter().scan(0, |at, fact| {
        let mine = slots.get(*at..*at + fact.size()).unwrap_or(&[]);
        *at += fact.size();
        Some((fact, mine))
    })
}

/// In the place of how many entries a list has: there are some, and they are still to be told.
const BEGUN: i32 = -2;

/// The lists of which the person has said that there is something to tell, by their places.
pub fn begun(facts: &[Fact], slots: &[i32]) -> Vec<u16> {
    let begun = |(fact, mine): (&Fact, &[i32])| fact.kind == Kind::List && mine.first() == Some(&BEGUN);
    blocks(facts, slots).zip(0..).filter_map(|(block, place)| begun(block).then_some(place)).collect()
}

fn unpack_fact(fact: &Fact, slots: &[i32], as_of: Date) -> Answer {
    let first = match slots.first() {
        None | Some(0) => return Answer::NotAsked,
        Some(&BEGUN) if fact.kind == Kind::List => return Answer::NotAsked,
        Some(-1) if fact.kind == Kind::Date && cannot_say_more(slots) => {
            return Answer::Value(Value::Date(Dated::unknown(fact.ahead, as_of)));
        }
        Some(-1) => return Answer::Unsure,
        Some(&n) => n,
    };
    let value = match fact.kind {
        Kind::YesNo => option(first, 2).map(Value::Choice),
        Kind::Choice => option(first, fact.options.len()).map(Value::Choice),
        Kind::Set => u32::try_from(first).ok().filter(|&m| m < 1 << fact.options.len().min(31)).map(Value::Set),
        Kind::Country | Kind::Countries => {
            let listed = |n: &i32| fact.options.iter().filter_map(|code| Country::parse(code)).find(|country| country.number() == *n);
            slots.iter().filter(|&&n| n != 0).map(listed).collect::<Option<_>>().map(Value::Countries)
        }
        Kind::Date => match unpack_date(slots) {
            Unpacked::Date(date) => Some(Value::Date(date.until_now(fact.ahead, as_of))),
            Unpacked::NoSuchDay => return Answer::NoSuchDay,
            Unpacked::Nonsense => None,
        },
        Kind::List => usize::try_from(first - 1).ok().filter(|&n| n <= LIST_CAPACITY).and_then(|n| {
            let entries = slots.get(1..)?.chunks(fact.entry_size().max(1)).take(n);
            Some(Value::List(entries.map(|slots| unpack_entry(fact, slots, as_of)).collect()))
        }),
    };
    value.map_or(Answer::Unsure, Answer::Value)
}

fn unpack_entry(fact: &Fact, slots: &[i32], as_of: Date) -> Entry {
    let field = |(at, field): (usize, &Field)| {
        let mine = slots.get(at..at + field.kind.size()).unwrap_or(&[]);
        let first = mine.first().copied().unwrap_or(0);
        match (first, field.kind) {
            (0, _) => Given::Absent,
            (-1, Kind::Date) if cannot_say_more(mine) => Given::Date(Dated::unknown(field.ahead, as_of)),
            (-1, _) => Given::Unsure,
            (n, Kind::Date) if n < 0 => u8::try_from(-2 - n).ok().map_or(Given::Unsure, |word| field.word(word)),
            (_, Kind::Date) => match unpack_date(mine) {
                Unpacked::Date(date) => Given::Date(date.until_now(field.ahead, as_of)),
                _ => Given::Unsure,
            },
            (n, Kind::YesNo) => option(n, 2).map_or(Given::Unsure, Given::Choice),
            (n, _) => option(n, field.options.len()).map_or(Given::Unsure, Given::Choice),
        }
    };
    fact.field_offsets().map(field).collect()
}

/// Asked once more about a date of which nothing was sure, the person could not say that either.
fn cannot_say_more(slots: &[i32]) -> bool {
    slots.get(2).is_some_and(|flag| *flag != 0)
}

fn option(slot: i32, options: usize) -> Option<u8> {
    u8::try_from(slot - 1).ok().filter(|&o| usize::from(o) < options)
}

enum Unpacked {
    Date(Dated),
    NoSuchDay,
    Nonsense,
}

fn unpack_date(slots: &[i32]) -> Unpacked {
    let (first, last, vague) = match slots {
        [first, last, flag] => (*first, *last, *flag != 0),
        _ => return Unpacked::Nonsense,
    };
    let read = |n: i32| {
        let part = |n: i32| (n != 0).then_some(n);
        Approx::from_parts(n / 10_000, part(n / 100 % 100), part(n % 100))
    };
    let range = match (read(first), last) {
        (from, 0) => from,
        (Ok(from), last) => match read(last) {
            Ok(to) if from.from <= to.to => Ok(Approx { from: from.from, to: to.to }),
            _ => return Unpacked::Nonsense,
        },
        (error, _) => error,
    };
    match range {
        Ok(range) => Unpacked::Date(Dated { range, vague }),
        Err(crate::date::DateError::NoSuchDay) => Unpacked::NoSuchDay,
        Err(crate::date::DateError::Form) => Unpacked::Nonsense,
    }
}

impl Dated {
    /// A date that can still be given more exactly.
    pub fn new(range: Approx) -> Dated {
        Dated { range, vague: false }
    }

    /// It was told in part only, and the person did not say that no more can be said.
    pub fn can_be_finer(&self) -> bool {
        !self.vague && self.range.day().is_none()
    }

    /// A date of which nothing is known and nothing more can be said: any day, up to the as-of date where it cannot lie ahead.
    fn unknown(ahead: bool, as_of: Date) -> Dated {
        Dated { range: Approx { from: Date::MIN, to: if ahead { Date::MAX } else { as_of } }, vague: true }
    }

    /// The part of an inexact date that does not lie ahead, unless it may.
    fn until_now(self, ahead: bool, as_of: Date) -> Dated {
        let straddles = self.range.from <= as_of && self.range.to > as_of;
        if straddles && !ahead { Dated { range: Approx { to: as_of, ..self.range }, ..self } } else { self }
    }

    /// The whole of what can have happened by `as_of`, where part of it can.
    pub fn happened_by(self, as_of: Date) -> Option<Approx> {
        (self.range.from <= as_of).then(|| Approx { from: self.range.from, to: self.range.to.min(as_of) })
    }
}
