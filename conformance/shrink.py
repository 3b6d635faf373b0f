"""The smallest patient that still shows something."""

from datetime import date, timedelta

from suites import Patient


def shrink(patient, shows):
    """Takes away from the patient as long as it shows. `shows` tells of many patients at once which ones do."""
    while True:
        smaller = sorted((one for one in steps(patient) if size(one) < size(patient)), key=size)
        shown = (one for one, does in zip(smaller, shows(smaller)) if does) if smaller else iter(())
        next_one = next(shown, None)
        if next_one is None:
            return patient
        patient = next_one


def size(patient):
    """What is shrunk: the number of rows, of fields, then the days between the first date and the others."""
    rows = patient.events + patient.facts
    days = [date.fromisoformat(row[0]) for row in rows if row[0]]
    first = min(days, default=None)
    return len(rows), sum(bool(value) for row in rows for value in row), sum((day - first).days for day in days)


def steps(patient):
    """The patient with less: without a stretch of rows, without a field, or with dates nearer to each other."""
    for part in ("events", "facts"):
        rows = getattr(patient, part)
        length = len(rows)
        while length:
            for start in range(0, len(rows), length):
                yield changed(patient, part, rows[:start] + rows[start + length :])
            length //= 2
        # What is optional: an event's institution and course, a fact's date.
        for at, row in enumerate(rows):
            for column in (2, 3) if part == "events" else (0,):
                yield with_field(patient, part, at, column, "")
    yield from with_nearer_dates(patient)


def with_nearer_dates(patient):
    """Each date, alone and with all beyond it, moved towards the nearest on either side."""
    rows = [(part, at) for part in ("events", "facts") for at, row in enumerate(getattr(patient, part)) if row[0]]
    days = {key: date.fromisoformat(getattr(patient, key[0])[key[1]][0]) for key in rows}
    for way in (1, -1):
        for key, day in days.items():
            gaps = [(day - other).days * way for other in days.values() if (day - other).days * way > 0]
            gap = min(gaps, default=0)
            for nearer in {gap, gap // 2, 1} if gap else ():
                for moved in ([key], [other for other in rows if (days[other] - day).days * way >= 0]):
                    one = patient
                    for part, at in moved:
                        one = with_field(one, part, at, 0, str(days[part, at] - timedelta(days=nearer * way)))
                    yield one


def with_field(patient, part, at, column, value):
    rows = [list(row) for row in getattr(patient, part)]
    rows[at][column] = value
    return changed(patient, part, rows)


def changed(patient, part, rows):
    return Patient(**{"events": patient.events, "facts": patient.facts, part: rows})
