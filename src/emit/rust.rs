//! rust.

use super::File;
use crate::tables::Tables;

pub(super) fn emit(_tables: &Tables) -> Vec<File> {
    Vec::new()
}
