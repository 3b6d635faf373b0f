//! openapi.

use super::File;

pub(super) fn emit() -> Vec<File> {
    Vec::new()
}
