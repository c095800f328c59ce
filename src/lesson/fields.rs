//! The table of fields of a lesson. The reader accepts no others, and the page for teachers lists them.

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A list of strings.
    List,
    /// A table, written below a line like `[step.question]`.
    Table,
    /// A repeated table, written below lines like `[[step]]`.
    Tables,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The table it belongs to: empty for the lesson itself, `step`, `step.prediction`.
    pub table: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it is required.
    pub needed: bool,
}

const fn field(table: &'static str, name: &'static str, kind: Kind, needed: bool) -> Field {
    Field { table, name, kind, needed }
}

/// All fields, in the order in which they are documented.
pub const FIELDS: [Field; 26] = [
    field("", "title", Kind::Text, true),
    field("", "lang", Kind::Text, false),
    field("", "id", Kind::Text, false),
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

/// The table whose fields have names chosen by the author.
pub(super) const FREE: &str = "step.runs";

/// The fields of one table.
pub(super) fn of(table: &str) -> impl Iterator<Item = &'static Field> {
    FIELDS.iter().filter(move |field| field.table == table)
}
