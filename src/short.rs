//! Short lists: in order, and without doubles.
//!
//! The library's sorts are fast on long lists and cost 12 KB of engine for each kind of item. Nothing long belongs here.

/// Sorts a short list, keeping equals in order.
pub fn in_order<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && items.get(at - 1).map(&key) > items.get(at).map(&key) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// A short list with each item once, where it first stood.
pub fn distinct<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut seen = Vec::with_capacity(items.len());
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen
}
