//! Formats with bytes of run-time length.

use super::*;

#[test]
fn run_time_lengths_are_items_of_their_own_kind() {
    let items = TemplateItems::new(b"<2H*sB*");
    let found: Vec<_> = items.map(|item| (item.count, char::from(item.code), item.values())).collect();
    let expected = [
        (Count::Given(2), 'H', 2),
        (Count::RunTime, 's', 1),
        (Count::Given(1), 'B', 1),
        (Count::Given(1), '*', 1),
    ];
    assert_eq!(found, expected);
}
