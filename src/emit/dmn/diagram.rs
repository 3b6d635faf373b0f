//! The diagram that modellers open: what is asked below, what is answered above.

use super::xml::Element;

const WIDTH: usize = 180;
const HEIGHT: usize = 60;
const GAP: usize = 40;

/// Something drawn: an input or a decision.
pub(super) struct Shape {
    pub id: String,
    /// How many rows from the top.
    pub level: usize,
}

/// A requirement that is drawn as an arrow.
pub(super) struct Arrow {
    pub id: String,
    pub from: String,
    pub to: String,
}

pub(super) fn diagram(shapes: &[Shape], arrows: &[Arrow]) -> Element {
    let place = |at: usize, shape: &Shape| {
        let before = shapes.iter().take(at).filter(|other| other.level == shape.level).count();
        (GAP + before * (WIDTH + GAP), GAP + shape.level * HEIGHT * 3)
    };
    let find =
        |id: &String| shapes.iter().enumerate().find(|(_, shape)| shape.id == *id).map(|(at, shape)| place(at, shape));
    let boxes = shapes.iter().enumerate().map(|(at, shape)| {
        let (x, y) = place(at, shape);
        let bounds = Element::new("dc:Bounds")
            .with("x", x.to_string())
            .with("y", y.to_string())
            .with("width", WIDTH.to_string())
            .with("height", HEIGHT.to_string());
        Element::new("dmndi:DMNShape")
            .with("id", format!("shape-{}", shape.id))
            .with("dmnElementRef", &shape.id)
            .holding([bounds])
    });
    let lines = arrows.iter().filter_map(|arrow| {
        let ((from_x, from_y), (to_x, to_y)) = (find(&arrow.from)?, find(&arrow.to)?);
        let waypoint =
            |x: usize, y: usize| Element::new("di:waypoint").with("x", x.to_string()).with("y", y.to_string());
        let line = Element::new("dmndi:DMNEdge")
            .with("id", format!("edge-{}", arrow.id))
            .with("dmnElementRef", &arrow.id)
            .holding([waypoint(from_x + WIDTH / 2, from_y), waypoint(to_x + WIDTH / 2, to_y + HEIGHT)]);
        Some(line)
    });
    let diagram = Element::new("dmndi:DMNDiagram").with("id", "diagram-1").holding(boxes.chain(lines));
    Element::new("dmndi:DMNDI").holding([diagram])
}
