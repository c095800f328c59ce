//! The input of the picture of a phase map.

use crate::model::PhaseMap;
use crate::model::studies::phase_map::Cell;
use crate::params::Params;

/// A phase map, and the reader's position on it.
#[derive(Clone, Copy)]
pub struct MapScene<'a> {
    /// The map as far as it is finished.
    pub map: &'a PhaseMap,
    /// The reader's position.
    pub here: Option<Here>,
    /// Whether the map belongs to earlier settings and is shown until the new one has begun.
    pub old: bool,
}

/// The reader's position: the parameters of a run, and its result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Here {
    /// The parameters.
    pub params: Params,
    /// The result of the run itself, not of the nearest cell.
    pub cell: Cell,
}
