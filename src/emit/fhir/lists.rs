//! Checklists and investigations as actions. Lists that are only to know are text.

use serde_json::{Value, json};

use super::{About, definitions, expression, words};
use crate::tables::{Content, Item, List, ListKind, Need, Strength};

/// The actions of the lists of a phase, or of what belongs to no phase. `place` begins the ids of their items.
pub(super) struct Lists<'a, 't> {
    pub about: &'a About<'t>,
    pub place: String,
    pub contents: &'t [Content],
    /// What items that shall not be done refer to.
    pub avoided: &'a mut Vec<Value>,
}

impl<'t> Lists<'_, 't> {
    /// The action of the list at this place among the contents; none if it is only to know.
    pub(super) fn action(&mut self, at: usize, list: &'t List) -> Option<Value> {
        let kind = match list.list {
            ListKind::List => return None,
            ListKind::Checklist => "checklist",
            ListKind::Investigations => "investigations",
        };
        let items = self.items(&list.items, &format!("{}.{at}", self.place));
        Some(json!({
            "title": list.label,
            "code": [definitions::kind(self.about, kind, &list.name)],
            "condition": expression::when(self.about, list.when.as_ref()),
            "groupingBehavior": "logical-group",
            "action": items,
        }))
    }

    fn items(&mut self, items: &'t [Item], around: &str) -> Vec<Value> {
        items.iter().zip(1..).map(|(item, number)| self.item(item, format!("{around}.{number}"))).collect()
    }

    fn item(&mut self, item: &'t Item, id: String) -> Value {
        let avoided = item.strength == Some(Strength::Unngå);
        let definition = avoided.then(|| self.avoid(&id, &item.text));
        let text = words::item(self.about.pathway, item);
        let before = item.before.iter().filter_map(|name| self.id_of(name));
        json!({
            "id": id,
            "title": item.text,
            "code": [item.name.as_ref().map(|name| json!({ "text": name }))],
            "textEquivalent": (text != item.text).then_some(text),
            "condition": expression::when(self.about, item.when.as_ref()),
            "relatedAction": before.map(|id| json!({ "actionId": id, "relationship": "before" })).collect::<Vec<_>>(),
            "requiredBehavior": item.strength.and_then(required),
            "selectionBehavior": item.need.and_then(selection),
            "definitionCanonical": definition,
            "action": self.items(&item.items, &id),
        })
    }

    /// The reference to an activity that shall not be done.
    pub(super) fn avoid(&mut self, id: &str, title: &str) -> String {
        self.avoided.push(json!({
            "resourceType": "ActivityDefinition",
            "id": format!("not-{id}"),
            "status": super::status(self.about.pathway.status),
            "title": title,
            "kind": "ServiceRequest",
            "doNotPerform": true,
        }));
        format!("#not-{id}")
    }

    /// The id of the first investigation of this name, as the runtime finds it.
    fn id_of(&self, name: &str) -> Option<String> {
        let lists = self.contents.iter().enumerate().filter_map(|(at, content)| match content {
            Content::List(list) if list.list == ListKind::Investigations => Some((at, list)),
            _ => None,
        });
        lists.into_iter().find_map(|(at, list)| find(&list.items, name, &format!("{}.{at}", self.place)))
    }
}

fn find(items: &[Item], name: &str, around: &str) -> Option<String> {
    items.iter().zip(1..).find_map(|(item, number)| {
        let id = format!("{around}.{number}");
        if item.name.as_deref() == Some(name) { Some(id) } else { find(&item.items, name, &id) }
    })
}

/// How binding something is. R4 has no word for what shall not be done: that is said by what the action refers to.
pub(super) fn required(strength: Strength) -> Option<&'static str> {
    match strength {
        Strength::Skal => Some("must"),
        Strength::Bør => Some("must-unless-documented"),
        Strength::Kan => Some("could"),
        Strength::Unngå => None,
    }
}

/// How many of the parts are to be done. R4 has no word for some other number than one or all; two of two is not all,
/// since a part may not apply.
fn selection(need: Need) -> Option<&'static str> {
    match need {
        Need::AtLeast(1) => Some("one-or-more"),
        Need::All => Some("all"),
        Need::AtLeast(_) | Need::None => None,
    }
}

/// A list that is only to know, as Markdown.
pub(super) fn markdown(about: &About, list: &List) -> String {
    let when = list.when.as_ref().map(|when| format!(" (når {})", words::condition(about.pathway, when)));
    let mut lines = vec![format!("**{}**{}", list.label, when.unwrap_or_default()), String::new()];
    bullets(about, &list.items, "", &mut lines);
    lines.join("\n")
}

fn bullets(about: &About, items: &[Item], indent: &str, lines: &mut Vec<String>) {
    for item in items {
        lines.push(format!("{indent}- {}", words::item(about.pathway, item)));
        bullets(about, &item.items, &format!("{indent}  "), lines);
    }
}
