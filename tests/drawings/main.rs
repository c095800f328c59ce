//! The layer of drawings: compares each picture byte by byte with the accepted one in `snapshots/`.

mod phase_map;
mod predictions;
mod views;
