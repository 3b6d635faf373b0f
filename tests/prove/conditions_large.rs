//! A pathway as large as any will be: 200 facts, and 500 conditions, each on a dozen facts that belong together.

use std::fmt::Write;

pub fn text() -> String {
    let mut state = 3_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let mut asked = 0;
    let mut leaf = || {
        // Some eight conditions in a row are about the same things.
        asked += 1;
        let fact = (asked / 40 * 12 + below(12)) % 200;
        match fact % 4 {
            0 => format!("f{fact}"),
            1 => format!("f{fact} er {}", ["a", "b", "c", "d"][below(4) as usize]),
            2 => format!("f{fact} er {} {} cm", ["over", "under", "minst", "høyst"][below(4) as usize], below(20)),
            _ => format!("f{fact} er {} {}", ["over", "under"][below(2) as usize], 18 + below(60)),
        }
    };
    let mut condition = || {
        let part = format!("{} og {}", leaf(), leaf());
        format!(
            "({part} eller ikke {} og ({} eller {} er kjent))",
            leaf(),
            leaf(),
            leaf().split(' ').next().unwrap_or_default()
        )
    };
    let mut text =
        String::from("mal m \"M\" {\n  kode A \"A\" { åpner }\n  kode X \"X\" { avslutter }\n  fase f \"F\"\n}\n");
    text += "pakkeforløp Z1 \"Z\" etter m {\n";
    for fact in 0..200 {
        let kind = ["ja eller nei", "{ a, b, c, d }", "tall i cm", "hele år"][fact % 4];
        _ = writeln!(text, "  opplysning f{fact} \"F\" {kind}");
    }
    for variant in 0..30 {
        _ = writeln!(text, "  variant v{variant} \"V\" når {} {{ }}", condition());
    }
    text += "  fase f {\n";
    for criteria in 0..20 {
        _ = writeln!(text, "    kriterier k{criteria} \"K\" = minst {} av {{", criteria % 4 + 1);
        (0..10).for_each(|item| _ = writeln!(text, "      p{item} \"P\": {}", condition()));
        text += "    }\n";
    }
    for routes in 0..20 {
        _ = writeln!(text, "    veivalg r{routes} \"R\" når {} {{", condition());
        (0..7).for_each(|_| _ = writeln!(text, "      når {}: inngår", condition()));
        text += "    }\n";
    }
    for list in 0..20 {
        _ = writeln!(text, "    undersøkelser u{list} \"U\" når {} {{", condition());
        (0..4).for_each(|item| _ = writeln!(text, "      i{list}_{item} \"I\" når {}", condition()));
        text += "    }\n";
    }
    text + "  }\n}\n"
}
