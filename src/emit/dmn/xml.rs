//! Elements of a document, and how they are written.

use quick_xml::escape::{escape, partial_escape};

/// One element: attributes, then text or elements.
#[derive(Debug)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    children: Vec<Element>,
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Element { name, attributes: Vec::new(), text: None, children: Vec::new() }
    }

    /// An element that holds text alone.
    pub fn of_text(name: &'static str, text: impl Into<String>) -> Self {
        Element { text: Some(text.into()), ..Element::new(name) }
    }

    pub fn with(mut self, attribute: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((attribute, value.into()));
        self
    }

    pub fn holding(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// It as a whole document.
    pub fn document(&self) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        let (indent, name) = ("  ".repeat(depth), self.name);
        out.push_str(&format!("{indent}<{name}"));
        for (attribute, value) in &self.attributes {
            out.push_str(&format!(" {attribute}=\"{}\"", escape(legal(value))));
        }
        match &self.text {
            Some(text) => out.push_str(&format!(">{}</{name}>\n", partial_escape(legal(text)))),
            None if self.children.is_empty() => out.push_str("/>\n"),
            None => {
                out.push_str(">\n");
                self.children.iter().for_each(|child| child.write(depth + 1, out));
                out.push_str(&format!("{indent}</{name}>\n"));
            }
        }
    }
}

/// The text with the characters that no XML document can hold replaced.
fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if is_legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_means_by_a_character_is_escaped_and_what_it_cannot_hold_is_replaced() {
        let element = Element::new("a").with("b", "\"<å>\" & '").holding([Element::of_text("c", "1 < 2 & \u{1}")]);
        assert_eq!(
            element.document(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;å&gt;&quot; &amp; &apos;\">\n  \
             <c>1 &lt; 2 &amp; \u{fffd}</c>\n</a>\n"
        );
    }
}
