//! The contents of the picture of a phase map.

use crate::model::PhaseMap;
use crate::model::studies::phase_map::Cell;
use crate::params::Params;

/// What is drawn of a map.
#[derive(Clone, Copy)]
pub struct MapScene<'a> {
    /// What has been found so far.
    pub map: &'a PhaseMap,
    /// Where the reader is.
    pub here: Option<Here>,
    /// Whether the map is of other settings than the reader's, and only stays until theirs has begun.
    pub old: bool,
}

/// The place of the reader: the parameters of a run, and what it came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Here {
    /// The parameters.
    pub params: Params,
    /// What came out: of the run itself, not of the cell next to it.
    pub cell: Cell,
}
