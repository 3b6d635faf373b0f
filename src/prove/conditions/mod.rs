//! Conditions decided exactly over all that patients can be: what can never be so, what is always so, what no row covers
//! and what decides nothing (rules 3 to 5).

mod criteria;
mod diagram;
mod domains;
mod find;
mod parts;
mod real;
mod report;
mod space;
mod turn;
mod written;

pub use domains::representatives;
pub use space::meets;
pub use space::{Answer, Space, Truth};
pub use turn::{InTheWay, Turn, turn};
pub use written::{number, test, value};

pub(super) use find::find;
