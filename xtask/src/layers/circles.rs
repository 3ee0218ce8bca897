//! Circles in a graph.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The edges of a graph, by the node that each starts from.
pub(super) type Graph<N> = BTreeMap<N, BTreeSet<N>>;

/// A shortest circle through some node of each set of nodes that all reach each other. No other circles: once
/// these are opened, the next ones show.
pub(super) fn circles<N: Copy + Ord>(graph: &Graph<N>) -> Vec<Vec<N>> {
    let mut circles: Vec<Vec<N>> = Vec::new();
    let mut seen = BTreeSet::new();
    for &node in graph.keys() {
        if !seen.contains(&node) && path(graph, node, node).is_some() {
            let together: Vec<_> = reached(graph, node)
                .into_iter()
                .filter(|&other| reached(graph, other).contains(&node))
                .collect();
            circles.extend(
                together.iter().filter_map(|&node| path(graph, node, node)).min_by_key(|circle| circle.len()),
            );
            seen.extend(together);
        }
    }
    circles
}

/// All nodes that an edge or several lead to.
fn reached<N: Copy + Ord>(graph: &Graph<N>, from: N) -> BTreeSet<N> {
    let mut reached = BTreeSet::new();
    let mut pending = vec![from];
    while let Some(node) = pending.pop() {
        pending.extend(graph.get(&node).into_iter().flatten().copied().filter(|&next| reached.insert(next)));
    }
    reached
}

/// The nodes on a shortest way along at least one edge, without the last one.
fn path<N: Copy + Ord>(graph: &Graph<N>, from: N, to: N) -> Option<Vec<N>> {
    let mut before = BTreeMap::new();
    let mut pending = VecDeque::from([from]);
    while let Some(node) = pending.pop_front() {
        for &next in graph.get(&node).into_iter().flatten() {
            if next == to {
                let mut path = vec![node];
                while let Some(&earlier) =
                    path.last().filter(|&&last| last != from).and_then(|last| before.get(last))
                {
                    path.push(earlier);
                }
                path.reverse();
                return Some(path);
            }
            if let Entry::Vacant(unseen) = before.entry(next) {
                unseen.insert(node);
                pending.push_back(next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(u8, u8)]) -> Graph<u8> {
        let mut graph = Graph::new();
        for &(from, to) in edges {
            graph.entry(from).or_insert_with(BTreeSet::new).insert(to);
        }
        graph
    }

    #[test]
    fn a_graph_without_circles_has_none() {
        assert_eq!(circles(&graph(&[(1, 2), (1, 3), (2, 4), (3, 4)])), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn the_shortest_of_circles_that_hang_together_is_found() {
        let graph = graph(&[(0, 1), (1, 2), (2, 3), (3, 1), (2, 1), (3, 4), (5, 6), (6, 7), (7, 5)]);
        assert_eq!(circles(&graph), [vec![1, 2], vec![5, 6, 7]]);
    }
}
