//! Reading TOML with every slip reported: missing keys, wrong kinds, and whatever nobody reads.
//!
//! What is read is accounted for. A folder remembers which of its files were opened, and a table which of its keys were
//! read; what is left over is a problem by itself. So no list of allowed keys is kept anywhere, and none can grow stale.

use super::Problems;
use crate::date::Date;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

/// A folder of rules, read once.
pub struct Folder {
    files: BTreeMap<String, File>,
}

/// One file of it, and what was read in it.
pub struct File {
    name: String,
    table: Table,
    opened: Cell<bool>,
    seen: RefCell<BTreeMap<*const Table, Seen>>,
}

/// What was looked for in one table.
struct Seen {
    key: String,
    /// The keys that somebody asked for, there or not.
    asked: BTreeSet<String>,
    /// The keys whose values somebody took.
    read: BTreeSet<String>,
}

/// One table of one file, and where it is.
#[derive(Clone)]
pub struct Node<'a> {
    pub file: &'a str,
    pub key: String,
    table: &'a Table,
    of: &'a File,
}

impl Folder {
    /// Reads every file of a folder and of its folders.
    pub fn read(folder: &Path, problems: &mut Problems) -> Folder {
        let mut all = Folder { files: BTreeMap::new() };
        all.read_from(folder, "", problems);
        all
    }

    fn read_from(&mut self, folder: &Path, under: &str, problems: &mut Problems) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        for (path, name) in entries.map(|entry| (entry.path(), entry.file_name())) {
            let name = format!("{under}{}", name.to_string_lossy());
            if path.is_dir() {
                self.read_from(&path, &format!("{name}/"), problems);
                continue;
            }
            match std::fs::read_to_string(&path).map_err(|error| error.to_string()).map(|text| text.parse::<Table>()) {
                Ok(Ok(table)) => {
                    self.files.insert(name.clone(), File::new(&name, table));
                }
                Ok(Err(error)) => problems.add(&name, "-", error.to_string().trim().to_string(), "write valid TOML"),
                Err(error) => problems.add(&name, "-", format!("cannot be read: {error}"), "correct the file"),
            }
        }
    }

    /// What stands in each file.
    pub fn tables(&self) -> BTreeMap<String, Table> {
        self.files.iter().map(|(name, file)| (name.clone(), file.table.clone())).collect()
    }

    /// Puts other content in the place of a file, as if nobody had read it.
    pub fn put(&mut self, name: &str, table: Table) {
        self.files.insert(name.into(), File::new(name, table));
    }

    /// The table of a file that has to be there.
    pub fn file(&self, name: &str, problems: &mut Problems) -> Option<Node<'_>> {
        let file = self.files.get(name);
        // A file that is no TOML has been reported.
        if file.is_none() && !problems.0.iter().any(|problem| problem.file == name) {
            problems.add(name, "-", "missing", "add the file");
        }
        file.map(|file| file.root(""))
    }

    /// The files that stand directly in a folder of this one, by name.
    /// Is there such a file?
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    pub fn files<'a>(&'a self, sub: &str) -> Vec<Node<'a>> {
        let within = |name: &str| name.strip_prefix(sub).and_then(|name| name.strip_prefix('/')).is_some_and(|name| !name.contains('/'));
        self.files.values().filter(|file| within(&file.name)).map(|file| file.root("")).collect()
    }

    /// The names of the folders in a folder of this one.
    pub fn folders(&self, sub: &str) -> BTreeSet<&str> {
        let names = self.files.keys().filter_map(|name| name.strip_prefix(sub)?.strip_prefix('/')?.split_once('/'));
        names.map(|(folder, _)| folder).collect()
    }

    /// Reports each file that nobody opened, and in the others each key that nobody read.
    pub fn unread(&self, problems: &mut Problems) {
        for file in self.files.values() {
            if file.opened.get() {
                file.unread(problems);
            } else {
                problems.add(&file.name, "-", "nothing reads this file", "put it where rules/README.md says, or remove it");
            }
        }
    }
}

impl File {
    pub fn new(name: &str, table: Table) -> File {
        File { name: name.into(), table, opened: Cell::new(false), seen: RefCell::default() }
    }

    /// The whole file as a table, named `key` in what is said of it.
    pub fn root(&self, key: impl Into<String>) -> Node<'_> {
        self.opened.set(true);
        self.node(key.into(), &self.table)
    }

    fn node<'a>(&'a self, key: String, table: &'a Table) -> Node<'a> {
        let seen = || Seen { key: key.clone(), asked: BTreeSet::new(), read: BTreeSet::new() };
        self.seen.borrow_mut().entry(table).or_insert_with(seen);
        Node { file: &self.name, key, table, of: self }
    }

    /// Reports each key that nobody read.
    pub fn unread(&self, problems: &mut Problems) {
        self.unread_in(&self.table, problems);
    }

    fn unread_in(&self, table: &Table, problems: &mut Problems) {
        let all = self.seen.borrow();
        // A table without a reader of its own was taken whole, or left after a problem that was reported.
        let Some(seen) = all.get(&std::ptr::from_ref(table)) else { return };
        for (key, value) in table {
            let at = if seen.key.is_empty() { key.clone() } else { format!("{}.{key}", seen.key) };
            match value {
                _ if !seen.read.contains(key) => {
                    let known: Vec<&str> = seen.asked.iter().map(String::as_str).collect();
                    problems.add(&self.name, at, "unknown key", format!("use one of: {}", known.join(", ")));
                }
                Value::Table(inner) => self.unread_in(inner, problems),
                Value::Array(items) => items.iter().filter_map(Value::as_table).for_each(|inner| self.unread_in(inner, problems)),
                _ => {}
            }
        }
    }
}

impl<'a> Node<'a> {
    pub fn at(&self, key: &str) -> String {
        if self.key.is_empty() { key.to_string() } else { format!("{}.{key}", self.key) }
    }

    fn seen(&self, note: impl FnOnce(&mut Seen)) {
        if let Some(seen) = self.of.seen.borrow_mut().get_mut(&std::ptr::from_ref(self.table)) {
            note(seen);
        }
    }

    /// Takes a value, and notes that it was read.
    pub fn value(&self, key: &str) -> Option<&'a Value> {
        self.seen(|seen| {
            seen.asked.insert(key.into());
            seen.read.insert(key.into());
        });
        self.table.get(key)
    }

    /// Looks at a value without reading it: who reads it is another.
    pub fn peek(&self, key: &str) -> Option<&'a Value> {
        self.table.get(key)
    }

    /// The table as it stands, for whoever passes it on.
    pub fn copy(&self) -> Table {
        self.table.clone()
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The keys as they stand, where they are names of the author's own.
    pub fn names(&self) -> Vec<&'a str> {
        self.table.keys().map(String::as_str).collect()
    }

    /// Which of these keys stands here. Two of them contradict each other, or one would be thrown away.
    pub fn one_of(&self, keys: &[&'static str], problems: &mut Problems) -> Option<&'static str> {
        self.seen(|seen| seen.asked.extend(keys.iter().map(|key| key.to_string())));
        let there: Vec<&'static str> = keys.iter().copied().filter(|key| self.has(key)).collect();
        let (first, more) = there.split_first()?;
        for more in more {
            problems.add(self.file, self.at(more), format!("stands beside `{first}`"), format!("keep `{first}` or `{more}`"));
            self.value(more);
        }
        Some(first)
    }

    /// Says no more of this table: a problem of it has been reported, and the rest could not be read.
    pub fn leave(&self) {
        self.of.seen.borrow_mut().remove(&std::ptr::from_ref(self.table));
    }

    /// A table inside this one, by the key that names it.
    pub fn inner(&self, key: &str, table: &'a Table) -> Node<'a> {
        self.of.node(self.at(key), table)
    }

    fn wrong(&self, key: &str, wanted: &str, problems: &mut Problems) {
        match self.table.get(key) {
            None => problems.add(self.file, self.at(key), "missing", format!("add `{key}`, {wanted}")),
            Some(found) => problems.add(self.file, self.at(key), format!("is {}", found.type_str()), format!("write {wanted}")),
        }
    }

    /// Reads a value with `take`; one that is of another kind is a problem.
    fn read<T>(&self, key: &str, wanted: &str, take: impl FnOnce(&'a Value) -> Option<T>, problems: &mut Problems) -> Option<T> {
        let taken = take(self.value(key)?);
        if taken.is_none() {
            self.wrong(key, wanted, problems);
        }
        taken
    }

    fn must<T>(&self, key: &str, wanted: &str, found: Option<T>, problems: &mut Problems) -> Option<T> {
        if !self.has(key) {
            self.wrong(key, wanted, problems);
        }
        found
    }

    /// A text that has to be there; empty where it is not.
    pub fn str(&self, key: &str, problems: &mut Problems) -> String {
        let found = self.opt_str(key, problems);
        self.must(key, "a text", found, problems).unwrap_or_default()
    }

    pub fn opt_str(&self, key: &str, problems: &mut Problems) -> Option<String> {
        let text = self.read(key, "a text", Value::as_str, problems)?;
        if text.trim() != text || text.is_empty() {
            problems.add(self.file, self.at(key), "is empty, or has a space at an end", "write the text, or remove the key");
        }
        Some(text.to_string())
    }

    /// What the author says to whoever reads the file.
    pub fn note(&self, problems: &mut Problems) {
        self.opt_str("note", problems);
    }

    pub fn id(&self, key: &str, problems: &mut Problems) -> String {
        let id = self.str(key, problems);
        if !id.is_empty() && !is_name(&id) {
            problems.add(self.file, self.at(key), format!("`{id}` is no plain name"), "use small letters, digits, hyphens and dots");
        }
        id
    }

    /// A list that has to say something: no entry twice, and at least one, where the key stands at all.
    pub fn strings(&self, key: &str, problems: &mut Problems) -> Vec<String> {
        let list = self.list(key, problems);
        if self.has(key) && list.is_empty() {
            problems.add(self.file, self.at(key), "is an empty list", "name what is meant, or remove the key");
        }
        list
    }

    /// A list that may be empty, and then says "none of them".
    pub fn list(&self, key: &str, problems: &mut Problems) -> Vec<String> {
        let texts = |value: &'a Value| value.as_array()?.iter().map(Value::as_str).collect::<Option<Vec<&str>>>();
        let list = self.read(key, "a list of texts", texts, problems).unwrap_or_default();
        for (place, text) in list.iter().enumerate() {
            if list.iter().take(place).any(|before| before == text) {
                problems.add(self.file, self.at(key), format!("`{text}` stands twice"), "write it once");
            }
        }
        list.into_iter().map(str::to_string).collect()
    }

    /// A list that has to be there, and may be empty.
    pub fn must_list(&self, key: &str, problems: &mut Problems) -> Vec<String> {
        let found = Some(self.list(key, problems));
        self.must(key, "a list, [] for none", found, problems).unwrap_or_default()
    }

    /// A list of names of the author's own.
    pub fn ids(&self, key: &str, problems: &mut Problems) -> Vec<String> {
        let list = self.strings(key, problems);
        self.each_is_name(key, list, problems)
    }

    pub fn must_ids(&self, key: &str, problems: &mut Problems) -> Vec<String> {
        let list = self.must_list(key, problems);
        self.each_is_name(key, list, problems)
    }

    fn each_is_name(&self, key: &str, list: Vec<String>, problems: &mut Problems) -> Vec<String> {
        for name in list.iter().filter(|name| !is_name(name)) {
            problems.add(self.file, self.at(key), format!("`{name}` is no plain name"), "use small letters, digits, hyphens and dots");
        }
        list
    }

    pub fn opt_date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        self.read(key, "a date such as 2024-08-19", date, problems)
    }

    pub fn date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        let found = self.opt_date(key, problems);
        self.must(key, "a date such as 2024-08-19", found, problems)
    }

    /// One date or a list of dates. A day that does not exist is a problem, not a day less.
    pub fn dates(&self, key: &str, problems: &mut Problems) -> Vec<Date> {
        let days: Option<Vec<Date>> = match self.value(key) {
            None => return Vec::new(),
            Some(Value::Array(days)) => days.iter().map(date).collect(),
            Some(day) => date(day).map(|day| vec![day]),
        };
        let Some(days) = days else {
            problems.add(self.file, self.at(key), "has a day that does not exist", "write days such as 2024-08-19");
            return Vec::new();
        };
        if days.windows(2).any(|pair| matches!(pair, [first, second] if first >= second)) {
            problems.add(self.file, self.at(key), "has days out of order", "write each day once, the first one first");
        }
        days
    }

    pub fn opt_int(&self, key: &str, problems: &mut Problems) -> Option<i32> {
        self.read(key, "a whole number", |value| i32::try_from(value.as_integer()?).ok(), problems)
    }

    /// A number of years, days, dollars or the like: one or more.
    pub fn opt_count(&self, key: &str, problems: &mut Problems) -> Option<i32> {
        let number = |value: &Value| i32::try_from(value.as_integer()?).ok().filter(|n| *n > 0);
        self.read(key, "a whole number, 1 or more", number, problems)
    }

    pub fn count(&self, key: &str, problems: &mut Problems) -> Option<i32> {
        let found = self.opt_count(key, problems);
        self.must(key, "a whole number, 1 or more", found, problems)
    }

    pub fn opt_bool(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        self.read(key, "true or false", Value::as_bool, problems)
    }

    pub fn bool(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        let found = self.opt_bool(key, problems);
        self.must(key, "true or false", found, problems)
    }

    /// A key that says something by being there. `false` would read as its opposite, which it has never meant.
    pub fn flag(&self, key: &str, problems: &mut Problems) -> bool {
        let there = self.opt_bool(key, problems);
        if there == Some(false) {
            let cure = format!("remove it; the opposite of a test is {{ not = {{ {key} = true }} }}");
            problems.add(self.file, self.at(key), "is false, and only true says something", cure);
        }
        there == Some(true)
    }

    pub fn opt_table(&self, key: &str, problems: &mut Problems) -> Option<Node<'a>> {
        self.read(key, "a table", Value::as_table, problems).map(|table| self.inner(key, table))
    }

    /// The tables of an array of tables, each keyed by its `id` where it has one.
    pub fn tables(&self, key: &str, problems: &mut Problems) -> Vec<Node<'a>> {
        let tables = |value: &'a Value| value.as_array()?.iter().map(Value::as_table).collect::<Option<Vec<&Table>>>();
        let tables = self.read(key, "a list of tables", tables, problems).unwrap_or_default();
        if self.has(key) && tables.is_empty() {
            problems.add(self.file, self.at(key), "is an empty list", "add a table, or remove the key");
        }
        let named = tables.into_iter().enumerate().map(|(index, table)| {
            let name = table.get("id").and_then(Value::as_str).map_or_else(|| index.to_string(), str::to_string);
            self.inner(&format!("{key}[{name}]"), table)
        });
        named.collect()
    }
}

/// A whole date, written as a TOML date or as a text.
pub fn date(value: &Value) -> Option<Date> {
    match value {
        Value::Datetime(d) => Date::parse(&d.to_string()).ok(),
        Value::String(text) => Date::parse(text).ok(),
        _ => None,
    }
}

/// A name of the author's own: small letters and digits, joined by single hyphens or dots.
pub fn is_name(id: &str) -> bool {
    id.split(['-', '.']).all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}
