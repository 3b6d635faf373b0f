//! Rows of CSV as Parquet: the same columns, with types.

use std::{collections::HashMap, io, mem, sync::Arc};

use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder};
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DataType, Int32Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::parser::parse_message_type,
};

/// How many rows a row group has at most: all of them are in memory until it is written.
const GROUP: usize = 1 << 16;

/// How many different texts of a column are remembered, so that each is in memory once.
const TEXTS: usize = 1 << 10;

const DATES: [&str; 4] = ["start", "from", "to", "due"];
const NUMBERS: [&str; 5] = ["course", "occurrence", "days", "limit", "days_left"];

/// A file that is being written.
pub(crate) struct Table {
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Column>,
    rows: usize,
}

struct Column {
    values: Values,
    /// For each row, 1 if there is a value.
    levels: Vec<i16>,
}

enum Values {
    Dates(Vec<i32>),
    Numbers(Vec<i32>),
    Texts { texts: Vec<ByteArray>, known: HashMap<Box<[u8]>, ByteArray> },
}

impl Table {
    /// Begins a file with these columns.
    pub fn new(names: &[&str]) -> io::Result<Self> {
        let columns: Vec<Column> =
            names.iter().map(|name| Column { values: Values::of(name), levels: Vec::new() }).collect();
        let fields: String = names
            .iter()
            .zip(&columns)
            .map(|(name, column)| format!("optional {};", column.values.field(name)))
            .collect();
        let schema = parse_message_type(&format!("message courses {{ {fields} }}")).map_err(cannot)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).map_err(cannot)?;
        Ok(Table { writer, columns, rows: 0 })
    }

    /// Adds rows of CSV without a header line; gives what of the file is done.
    pub fn add(&mut self, rows: &[u8]) -> io::Result<Vec<u8>> {
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(rows);
        let mut record = ByteRecord::new();
        while reader.read_byte_record(&mut record)? {
            for (column, field) in self.columns.iter_mut().zip(&record) {
                column.add(field)?;
            }
            self.rows += 1;
            if self.rows == GROUP {
                self.group()?;
            }
        }
        Ok(mem::take(self.writer.inner_mut()))
    }

    /// The rest of the file.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        if self.rows > 0 {
            self.group()?;
        }
        self.writer.into_inner().map_err(cannot)
    }

    fn group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(cannot)?;
        self.columns.iter_mut().try_for_each(|column| column.write(&mut group)).map_err(cannot)?;
        group.close().map_err(cannot)?;
        self.rows = 0;
        Ok(())
    }
}

impl Column {
    fn add(&mut self, field: &[u8]) -> io::Result<()> {
        self.levels.push(i16::from(!field.is_empty()));
        if field.is_empty() {
            return Ok(());
        }
        let text = || std::str::from_utf8(field).map_err(io::Error::other);
        match &mut self.values {
            Values::Dates(days) => {
                let date: NaiveDate = text()?.parse().map_err(io::Error::other)?;
                days.push(date.to_epoch_days());
            }
            Values::Numbers(numbers) => numbers.push(text()?.parse().map_err(io::Error::other)?),
            Values::Texts { texts, known } => texts.push(match known.get(field) {
                Some(text) => text.clone(),
                None => {
                    let text = ByteArray::from(field);
                    if known.len() < TEXTS {
                        known.insert(field.into(), text.clone());
                    }
                    text
                }
            }),
        }
        Ok(())
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<Vec<u8>>) -> Result<(), ParquetError> {
        match &mut self.values {
            Values::Dates(values) | Values::Numbers(values) => write::<Int32Type>(group, values, &self.levels)?,
            Values::Texts { texts, .. } => write::<ByteArrayType>(group, texts, &self.levels)?,
        }
        self.levels.clear();
        Ok(())
    }
}

impl Values {
    fn of(name: &str) -> Self {
        match name {
            name if DATES.contains(&name) => Values::Dates(Vec::new()),
            name if NUMBERS.contains(&name) => Values::Numbers(Vec::new()),
            _ => Values::Texts { texts: Vec::new(), known: HashMap::new() },
        }
    }

    fn field(&self, name: &str) -> String {
        match self {
            Values::Dates(_) => format!("int32 {name} (DATE)"),
            Values::Numbers(_) => format!("int32 {name}"),
            Values::Texts { .. } => format!("binary {name} (STRING)"),
        }
    }
}

fn write<T: DataType>(
    group: &mut SerializedRowGroupWriter<Vec<u8>>,
    values: &mut Vec<T::T>,
    levels: &[i16],
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(values, Some(levels), None)?;
        column.close()?;
    }
    values.clear();
    Ok(())
}

fn cannot(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
