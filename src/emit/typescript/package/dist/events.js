/** From a patient's events to courses. */
import { parseDay } from "./calendar.js";
/** What is doubtful about an event's place in its course, in the order of the findings. */
export const DOUBTS = ["missing_start", "duplicate_start", "event_after_end"];
/** The day of a date that was given. */
export function inputDay(date) {
    const day = parseDay(date);
    if (day === null) {
        throw new RangeError(`«${date}» is not a date written YYYY-MM-DD`);
    }
    return day;
}
/** The events of one pathway by date, code and input, and one of equal events. */
export function inOrder(events) {
    const sorted = [...events].sort((a, b) => a.day - b.day || a.code - b.code);
    const seen = new Set();
    return sorted.filter(({ day, code, event }) => {
        const content = JSON.stringify([day, code, event.institution ?? null, event.course ?? null]);
        return !seen.has(content) && seen.add(content);
    });
}
/** Where a course stands after one more event: closed beats completed, and completed beats open. */
export function after(state, role) {
    if (role === "avslutter") {
        return "closed";
    }
    return role === "fullfører" && state === "open" ? "completed" : state;
}
/** The state of a course with these events. */
export function stateOf(events) {
    return events.reduce((state, { role }) => after(state, role), "open");
}
/** Gives each event of one pathway, in order, its course. */
export function assemble(events) {
    const courses = [];
    const byId = new Map();
    let latest = null;
    for (const coded of events) {
        const id = coded.event.course ?? null;
        if (id !== null) {
            let course = byId.get(id);
            if (!course) {
                course = { id, events: [], doubts: [] };
                byId.set(id, course);
                courses.push(course);
            }
            course.events.push(coded);
            continue;
        }
        const opens = coded.role === "åpner";
        if (!latest || (opens && latest.state !== "open")) {
            latest = new Latest();
            courses.push(latest.course);
            if (!opens) {
                latest.course.doubts.push(["missing_start", coded]);
            }
        }
        latest.take(coded);
    }
    return courses;
}
/** The latest course without an id, as far as it has come. */
class Latest {
    course = { id: null, events: [], doubts: [] };
    state = "open";
    #opened = false;
    /** A transferring code came after the latest opening code. */
    #transferred = false;
    /** Of the opening codes; null if one had none. */
    #institutions = new Set();
    /** Adds an event, and what is doubtful about it here. */
    take(coded) {
        if (coded.role === "åpner") {
            if (this.#opensAgain(coded.event.institution ?? null)) {
                this.course.doubts.push(["duplicate_start", coded]);
            }
        }
        else if (this.state === "closed") {
            this.course.doubts.push(["event_after_end", coded]);
        }
        this.#transferred ||= coded.role === "overfører";
        this.state = after(this.state, coded.role);
        this.course.events.push(coded);
    }
    /** Adds an opening code, and says whether it is one too many. */
    #opensAgain(institution) {
        const known = institution === null || this.#institutions.has(null) || this.#institutions.has(institution);
        const isTooMany = this.#opened && !this.#transferred && known;
        this.#opened = true;
        this.#transferred = false;
        this.#institutions.add(institution);
        return isTooMany;
    }
}
