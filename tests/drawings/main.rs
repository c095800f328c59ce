//! The layer of drawings: each picture is held, byte by byte, against the accepted one in `snapshots/`.

mod phase_map;
mod predictions;
mod views;
