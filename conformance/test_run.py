"""The runner finds planted bugs, and takes patients apart to the smallest that shows them."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

import run
from shrink import shrink
from suites import Patient, Suite, write_patients
from targets import HERE, Answers, Failed, Rust

FORLOP = HERE.parent / "target" / "debug" / "forlop"


class CountsTheNewYearTwice(Rust):
    def judge(self, folder, as_of, kind):
        answers = super().judge(folder, as_of, kind)
        for course in answers.answers:
            for row in course["intervals"]:
                if row["days"] is not None and row["from"][:4] < row["to"][:4]:
                    row["days"] += 1
        return answers


class OverlooksCourseIds(Rust):
    def judge(self, folder, as_of, kind):
        with tempfile.TemporaryDirectory() as other:
            other = Path(other)
            shutil.copy(folder / "tables.json", other)
            patients = Suite(folder, "", []).patients()
            for patient in patients.values():
                patient.events = [[*event[:3], ""] for event in patient.events]
            write_patients(other, patients)
            return super().judge(other, as_of, kind)


class SortsPatientsWithoutCase(Rust):
    def judge(self, folder, as_of, kind):
        answers = super().judge(folder, as_of, kind).answers
        return Answers(sorted(answers, key=lambda answer: answer["patient"].lower()))


class SortsIntervals(Rust):
    def judge(self, folder, as_of, kind):
        answers = super().judge(folder, as_of, kind)
        for course in answers.answers:
            course["intervals"].sort(key=lambda row: (row["interval"], row["treatment"] or ""))
        return answers


class Refuses(Rust):
    def judge(self, folder, as_of, kind):
        answers = super().judge(folder, as_of, kind)
        return Answers([one for one in answers.answers if one["pathway"] != "B12"], {"B12": "too hard"})


class Fails(Rust):
    def judge(self, folder, as_of, kind):
        raise Failed("no such engine")


def told(target, suite, kind="courses"):
    """What the comparison says, and whether all is fine."""
    target = target(FORLOP)
    target.kinds = (kind,)
    lines = []
    fine = run.compare(target, Rust(FORLOP), [Suite.read(HERE / suite)], lines.append)
    return fine, "\n".join(lines)


class Planted(unittest.TestCase):
    def test_the_program_itself_agrees(self):
        for kind in Rust.kinds:
            suite = "made-up-assessed" if kind == "assessments" else "hand"
            self.assertEqual(told(Rust, suite, kind)[0], True)

    def test_a_wrong_number_is_shown_by_two_events_on_two_days(self):
        fine, says = told(CountsTheNewYearTwice, "net")
        self.assertFalse(fine)
        events, rest = says.split("date,code,institution,course\n")[1].split("date,fact,value\n")
        (one, first), (other, second) = [line.split(",")[:2] for line in events.splitlines()]
        self.assertEqual((one[4:], other[4:], int(other[:4]) - int(one[:4])), ("-12-31", "-01-01", 1))
        self.assertEqual(rest.splitlines()[0], "", "no facts")
        self.assertTrue(first.startswith("A39") and second.startswith("A39"))
        self.assertRegex(rest, r"≠ \[A39 1\]\.intervals\[OF\d.* 1\]\.days +1 +2\n")
        self.assertEqual(rest.count("≠"), rest.count(".days "))

    def test_what_is_left_out_is_shown_by_one_event(self):
        fine, says = told(OverlooksCourseIds, "made-up")
        self.assertFalse(fine)
        events = says.split("date,code,institution,course\n")[1].split("date,fact,value\n")[0].splitlines()
        self.assertEqual(len(events), 1)
        self.assertRegex(events[0], r"^\d{4}-\d\d-\d\d,\w+,,c\d$")
        self.assertRegex(says, r'≠ \[\w+ 1\]\.course_id +"c\d" +null\n')

    def test_another_order_is_told_as_such(self):
        fine, says = told(SortsPatientsWithoutCase, "hand")
        self.assertFalse(fine)
        self.assertIn("the patients stand in another order", says)
        fine, says = told(SortsIntervals, "hand")
        self.assertFalse(fine)
        self.assertIn("the same, in another order", says)

    def test_a_new_refusal_fails_and_is_not_a_difference(self):
        fine, says = told(Refuses, "made-up")
        self.assertFalse(fine)
        self.assertIn("refused: made-up B12: too hard", says)
        self.assertIn("rust made-up B12: is refused, but not in refused.txt", says)
        self.assertNotIn("answered otherwise", says)

    def test_a_known_refusal_is_fine_and_one_that_is_gone_is_not(self):
        with tempfile.TemporaryDirectory() as folder:
            known, run.REFUSED = run.REFUSED, Path(folder) / "refused.txt"
            try:
                run.REFUSED.write_text("# of a test\nduckdb,rust made-up B12\nduckdb made-up B1\n", "utf-8")
                self.assertEqual(told(Refuses, "made-up")[0], True)
                self.assertIn("B12: is not refused, but in refused.txt", told(Rust, "made-up")[1])
            finally:
                run.REFUSED = known

    def test_a_target_that_fails_is_not_fine(self):
        fine, says = told(Fails, "hand")
        self.assertFalse(fine)
        self.assertIn("no such engine", says)


class Shrinks(unittest.TestCase):
    def test_to_nothing_when_everything_shows(self):
        patient = Patient([["2024-01-08", "A39A", "H1", "c1"]] * 5, [["", "karsinom", "ja"]])
        self.assertEqual(shrink(patient, lambda many: [True] * len(many)), Patient())

    def test_not_at_all_when_nothing_smaller_shows(self):
        patient = Patient([["2024-01-08", "A39A", "H1", "c1"], ["2024-03-08", "A39S", "", ""]])
        self.assertEqual(shrink(patient, lambda many: [False] * len(many)), patient)

    def test_keeps_what_it_takes(self):
        def shows(many):
            return [sum(event[1] == "S" for event in one.events) >= 2 and "f" in json.dumps(one.facts) for one in many]

        events = [["2024-01-08", code, "H1", ""] for code in "ASXSASS"]
        facts = [["2024-02-01", name, "1"] for name in "eefg"]
        smallest = Patient([["2024-01-08", "S", "", ""]] * 2, [["", "f", "1"]])
        self.assertEqual(shrink(Patient(events, facts), shows), smallest)


if __name__ == "__main__":
    unittest.main()
