//! The table of fields of a lesson: the reader knows these and no others, and the page for teachers lists them.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words in quotes.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Words in quotes, several, in square brackets.
    List,
    /// Fields of its own, below a line like `[step.question]`.
    Table,
    /// The same, as often as wanted, below lines like `[[step]]`.
    Tables,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The table that it is in: nothing for the lesson itself, `step`, `step.prediction`.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether there must be one.
    pub needed: bool,
}

const fn field(table: &'static str, name: &'static str, kind: Kind, needed: bool) -> Field {
    Field { table, name, kind, needed }
}

/// All fields, in the order in which they are told.
pub const FIELDS: [Field; 25] = [
    field("", "title", Kind::Text, true),
    field("", "lang", Kind::Text, false),
    field("", "minutes", Kind::Whole, true),
    field("", "goals", Kind::List, true),
    field("", "needs", Kind::List, false),
    field("", "step", Kind::Tables, true),
    field("step", "title", Kind::Text, true),
    field("step", "minutes", Kind::Whole, true),
    field("step", "text", Kind::Text, true),
    field("step", "scenario", Kind::Text, false),
    field("step", "state", Kind::Text, false),
    field("step", "views", Kind::List, false),
    field("step", "controls", Kind::List, false),
    field("step", "notes", Kind::Text, false),
    field("step", "prediction", Kind::Table, false),
    field("step", "question", Kind::Table, false),
    field("step", "runs", Kind::Table, false),
    field("step.prediction", "ask", Kind::Text, true),
    field("step.prediction", "of", Kind::Text, true),
    field("step.prediction", "from", Kind::Number, true),
    field("step.prediction", "to", Kind::Number, true),
    field("step.prediction", "step", Kind::Number, true),
    field("step.question", "ask", Kind::Text, true),
    field("step.question", "choices", Kind::List, false),
    field("step.question", "answer", Kind::Text, true),
];

/// Whose fields are names that the writer gives.
pub(super) const FREE: &str = "step.runs";

/// The fields of one table.
pub(super) fn of(table: &str) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.table == table)
}
