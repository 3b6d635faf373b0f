/** Tables made ready, and the answers for one patient. */
import { dayText } from "./calendar.js";
import { TableError, tableDay } from "./error.js";
import { assemble, inOrder, inputDay, stateOf } from "./events.js";
import { Knowledge, usable } from "./facts.js";
import { ofEvents, ofFacts, ofRule } from "./findings.js";
import { groupBy } from "./group.js";
import { judge } from "./interval.js";
import { begins, prepare } from "./prepare.js";
import { FORMAT, FORMAT_VERSION } from "./rule-tables.js";
import { compareText } from "./text.js";
import { heldOn } from "./variants.js";
/**
 * Rule tables made ready to judge patients one by one. It holds nothing about any patient. The answers are those of
 * `forlop eval`.
 */
export class Evaluator {
    /** Sorted by id. */
    #pathways;
    #codes;
    /**
     * Makes the tables ready.
     *
     * @throws TableError if the tables have a newer format or contradict themselves.
     */
    constructor(tables) {
        checkFormat(tables);
        const ordered = [...tables.pathways].sort((a, b) => compareText(a.id, b.id));
        this.#pathways = ordered.map(prepare);
        const codes = new Map();
        for (const [at, pathway] of this.#pathways.entries()) {
            const { id } = pathway.pathway;
            if (ordered[at - 1]?.id === id) {
                throw new TableError(`to pakkeforløp heter «${id}»`, `two pathways are called «${id}»`);
            }
            declare(pathway, codes);
        }
        this.#codes = codes;
    }
    /** Whether an event with this code and date can be used. */
    code(code, date) {
        const declared = this.#codes.get(code);
        const day = inputDay(date);
        if (declared) {
            return declared.from <= day && day <= declared.to ? "known" : "not_valid";
        }
        return this.#pathways.some((pathway) => begins(pathway, code)) ? "unknown_suffix" : "foreign";
    }
    /** Why a fact with this value cannot be used; null if at least one pathway declares the fact and takes the value. */
    fact(fact, value) {
        const found = this.#pathways.flatMap(({ facts, pathway }) => pathway.facts[facts.get(fact) ?? -1] ?? []);
        if (found.some((declared) => usable(declared, value) !== null)) {
            return null;
        }
        const isGiven = found.some(({ formula }) => formula == null);
        return isGiven ? "unknown_value" : found.length > 0 ? "computed" : "unknown_fact";
    }
    /**
     * The courses of one patient on the as-of date, by pathway id and number. All events and facts are the patient's, in
     * input order; those that cannot be used, and those dated after as-of, are left out.
     *
     * @throws RangeError if a date is not written `YYYY-MM-DD`.
     */
    patient(patient, events, facts, asOf, { lang = "nb" } = {}) {
        const day = inputDay(asOf);
        const courses = this.#byPathway(events, day).flatMap(([pathway, coded]) => {
            const knowledge = new Knowledge(pathway, facts, day);
            const { id } = pathway.pathway;
            return assemble(coded).map(({ id: course_id, events, doubts }, at) => {
                const judged = courseOf(knowledge, events, day);
                const broken = pathway.rules.flatMap(({ rule, judge }) => {
                    const by = judge(events, judged.state);
                    return by ? [ofRule(rule, by)] : [];
                });
                const findings = [...ofEvents(doubts, lang), ...ofFacts(knowledge, lang), ...broken];
                return { pathway: id, patient, course: at + 1, course_id, ...judged, findings };
            });
        });
        return courses;
    }
    /**
     * What the pathways say of one patient on the as-of date, one for each pathway that has criteria, decision tables or
     * investigations, by its id. Events matter only where a condition asks for an open course.
     *
     * @throws RangeError if a date is not written `YYYY-MM-DD`.
     */
    assess(patient, events, facts, asOf) {
        const day = inputDay(asOf);
        const isOpen = (coded) => assemble(coded).some(({ events }) => stateOf(events) === "open");
        const withOpen = this.#byPathway(events, day).filter(([, coded]) => isOpen(coded));
        const open = withOpen.map(([{ pathway }]) => pathway.id);
        const assessable = this.#pathways.filter(({ assessable }) => !assessable.isEmpty);
        const assessments = assessable.map((prepared) => {
            const { pathway, assessable } = prepared;
            const knowledge = new Knowledge(prepared, facts, day);
            return { pathway: pathway.id, patient, as_of: asOf, ...assessable.assess(knowledge, day, open) };
        });
        return assessments;
    }
    /** The events that can be used, in order, by pathway in the order of the ids. */
    #byPathway(events, asOf) {
        const usable = events.flatMap((event) => {
            const day = inputDay(event.date);
            const declared = this.#codes.get(event.code);
            const isUsable = declared && day <= asOf && declared.from <= day && day <= declared.to;
            return isUsable ? [{ declared, day, event }] : [];
        });
        const byPathway = groupBy(usable, ({ declared }) => declared.pathway);
        return this.#pathways.flatMap((pathway) => {
            const coded = byPathway.get(pathway)?.map(({ declared: { number, code }, day, event }) => {
                return { code: number, role: code.role ?? null, phase: code.phase ?? null, day, event };
            });
            return coded ? [[pathway, inOrder(coded)]] : [];
        });
    }
}
function checkFormat({ format, format_version: version }) {
    if (format !== FORMAT) {
        throw new TableError(`dette er ikke et ${FORMAT}-dokument: formatet er «${String(format)}»`, `this is not a ${FORMAT} document: its format is «${String(format)}»`);
    }
    if (!(version <= FORMAT_VERSION)) {
        throw new TableError(`tabellene har formatversjon ${version}, men dette programmet leser til og med ${FORMAT_VERSION}`, `the tables have format version ${version}, but this program reads up to ${FORMAT_VERSION}`);
    }
}
/** Adds the pathway's codes. */
function declare(pathway, codes) {
    const { valid_from, valid_to } = pathway.pathway;
    for (const [number, code] of pathway.pathway.codes.entries()) {
        const days = (dates) => dates.flatMap((date) => (date == null ? [] : tableDay(code.code, date)));
        const from = Math.max(-Infinity, ...days([code.valid_from, valid_from]));
        const to = Math.min(Infinity, ...days([code.valid_to, valid_to]));
        if (codes.has(code.code)) {
            throw new TableError(`koden «${code.code}» tilhører to pakkeforløp`, `the code «${code.code}» belongs to two pathways`);
        }
        codes.set(code.code, { pathway, number, code, from, to });
    }
}
/** What comes of a course, but for its findings. */
function courseOf(knowledge, events, asOf) {
    const opening = events.find(({ role }) => role === "åpner");
    const held = heldOn(knowledge, asOf);
    const state = stateOf(events);
    const starts = opening?.day ?? events[0]?.day ?? asOf;
    const setting = { knowledge, events, state, starts, asOf };
    return {
        start: opening ? dayText(opening.day) : null,
        state,
        phase: events.findLast(({ phase }) => phase !== null)?.phase ?? null,
        variant: held.name,
        variant_basis: held.basis,
        intervals: knowledge.pathway.measures.flatMap((measure, number) => judge(setting, number, measure)),
    };
}
