//! Reading TOML tables with every slip reported: unknown keys, missing keys, wrong kinds.

use super::Problems;
use crate::date::Date;
use std::path::Path;
use toml::{Table, Value};

/// One table of one file, and where it is.
#[derive(Clone)]
pub struct Node<'a> {
    pub file: &'a str,
    pub key: String,
    pub table: &'a Table,
}

/// Reads one file into a table.
pub fn file(folder: &Path, name: &str, problems: &mut Problems) -> Option<Table> {
    let text = match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => text,
        Err(error) => {
            problems.add(name, "-", format!("cannot be read: {error}"), "add the file");
            return None;
        }
    };
    match text.parse::<Table>() {
        Ok(table) => Some(table),
        Err(error) => {
            problems.add(name, "-", error.to_string().trim().to_string(), "write valid TOML");
            None
        }
    }
}

/// The TOML files of a subfolder, by name, sorted.
pub fn files(folder: &Path, sub: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder.join(sub))
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml"))
        .map(|name| format!("{sub}/{name}"))
        .collect();
    names.sort();
    names
}

impl<'a> Node<'a> {
    pub fn at(&self, key: &str) -> String {
        if self.key.is_empty() { key.to_string() } else { format!("{}.{key}", self.key) }
    }

    /// Reports every key that is not one of `known`.
    pub fn only(&self, known: &[&str], problems: &mut Problems) {
        for key in self.table.keys().filter(|key| !known.contains(&key.as_str())) {
            problems.add(self.file, self.at(key), "unknown key", format!("use one of: {}", known.join(", ")));
        }
    }

    fn wrong(&self, key: &str, wanted: &str, problems: &mut Problems) {
        match self.table.get(key) {
            None => problems.add(self.file, self.at(key), "missing", format!("add `{key}`, {wanted}")),
            Some(found) => problems.add(self.file, self.at(key), format!("is {}", found.type_str()), format!("write {wanted}")),
        }
    }

    pub fn str(&self, key: &str, problems: &mut Problems) -> String {
        self.opt_str(key, problems).unwrap_or_else(|| {
            if !self.table.contains_key(key) {
                self.wrong(key, "a text", problems);
            }
            String::new()
        })
    }

    pub fn opt_str(&self, key: &str, problems: &mut Problems) -> Option<String> {
        match self.table.get(key) {
            None => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                self.wrong(key, "a text", problems);
                None
            }
        }
    }

    pub fn strings(&self, key: &str, problems: &mut Problems) -> Vec<String> {
        match self.table.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) if items.iter().all(Value::is_str) => {
                items.iter().filter_map(Value::as_str).map(str::to_string).collect()
            }
            Some(_) => {
                self.wrong(key, "a list of texts", problems);
                Vec::new()
            }
        }
    }

    pub fn opt_date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        let value = self.table.get(key)?;
        let date = date(value);
        if date.is_none() {
            self.wrong(key, "a date such as 2024-08-19", problems);
        }
        date
    }

    pub fn date(&self, key: &str, problems: &mut Problems) -> Option<Date> {
        if !self.table.contains_key(key) {
            self.wrong(key, "a date such as 2024-08-19", problems);
        }
        self.opt_date(key, problems)
    }

    /// One date or a list of dates. A day that does not exist is a problem, not a day less.
    pub fn dates(&self, key: &str, problems: &mut Problems) -> Vec<Date> {
        let days: Option<Vec<Date>> = match self.table.get(key) {
            None => return Vec::new(),
            Some(Value::Array(days)) => days.iter().map(date).collect(),
            Some(day) => date(day).map(|day| vec![day]),
        };
        days.unwrap_or_else(|| {
            problems.add(self.file, self.at(key), "has a day that is none", "write days such as 2024-08-19");
            Vec::new()
        })
    }

    pub fn opt_int(&self, key: &str, problems: &mut Problems) -> Option<i32> {
        let number = self.table.get(key)?.as_integer().and_then(|n| i32::try_from(n).ok());
        if number.is_none() {
            self.wrong(key, "a whole number", problems);
        }
        number
    }

    pub fn opt_bool(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        let flag = self.table.get(key)?.as_bool();
        if flag.is_none() {
            self.wrong(key, "true or false", problems);
        }
        flag
    }

    pub fn opt_table(&self, key: &str, problems: &mut Problems) -> Option<Node<'a>> {
        match self.table.get(key) {
            None => None,
            Some(Value::Table(table)) => Some(Node { file: self.file, key: self.at(key), table }),
            Some(_) => {
                self.wrong(key, "a table", problems);
                None
            }
        }
    }

    /// The tables of an array of tables, each keyed by its `id` where it has one.
    pub fn tables(&self, key: &str, problems: &mut Problems) -> Vec<Node<'a>> {
        match self.table.get(key) {
            None => Vec::new(),
            Some(Value::Array(items)) => items
                .iter()
                .enumerate()
                .filter_map(|(index, item)| {
                    let Value::Table(table) = item else {
                        problems.add(self.file, format!("{}[{index}]", self.at(key)), "is not a table", "write a table");
                        return None;
                    };
                    let name = table.get("id").and_then(Value::as_str).map_or_else(|| index.to_string(), str::to_string);
                    Some(Node { file: self.file, key: format!("{}[{name}]", self.at(key)), table })
                })
                .collect(),
            Some(_) => {
                self.wrong(key, "a list of tables", problems);
                Vec::new()
            }
        }
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
