// Made-up patients: facts near the thresholds that the conditions name, and a course that starts near a change of limits.
import { walk } from './files.mjs';

export const AS_OF = '2031-01-01';
const KNOWN = '2010-01-01';

/** Random numbers from 0 to 1, the same for the same text. */
export function seeded(text) {
  let state = [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shifted(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The values that conditions compare each fact with. */
function thresholds(pathway) {
  const found = new Map();
  walk(pathway, ({ fact, value, op }) => {
    if (fact !== undefined && value !== undefined && op !== undefined) found.set(fact, [...(found.get(fact) ?? []), value]);
  });
  return found;
}

/** A computed fact, as doubles compute it; undefined if it is not known. */
function computed(formula, known) {
  const value = () => {
    switch (formula.op) {
      case 'number': return formula.value;
      case 'fact': return known.get(formula.fact) === undefined ? undefined : known.get(formula.fact) * formula.factor;
      case 'compute': {
        const [left, right] = [computed(formula.left, known), computed(formula.right, known)];
        if (left === undefined || right === undefined) return undefined;
        return { add: left + right, subtract: left - right, multiply: left * right, divide: left / right }[formula.with];
      }
      default: return undefined; // Nobody here has two values of one fact, so nothing rises.
    }
  };
  const result = value();
  return Number.isFinite(result) ? result : undefined;
}

function valueOf(fact, near, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  switch (fact.type) {
    case 'choice': case 'scale': return pick(fact.values).name;
    case 'yes_no': return random() < 0.5;
    case 'years': return Math.min(150, Math.max(0, pick(near ?? [40]) + pick([-1, 0, 1, 10])));
    case 'number': return Math.round((pick(near ?? [5]) + pick([-1, -0.1, 0, 0.1, 1])) * 100) / 100;
    case 'date': return shifted(pick(near ?? ['2020-01-01']), pick([-1, 0, 1]));
  }
}

function observation(fact, value, system) {
  const code = { coding: [{ system, code: fact.name }] };
  const common = { resourceType: 'Observation', status: 'final', code };
  switch (fact.type) {
    case 'choice': case 'scale': return { ...common, valueCodeableConcept: { coding: [{ system, code: `${fact.name}.${value}` }] } };
    case 'yes_no': return { ...common, valueBoolean: value };
    case 'years': return { ...common, valueInteger: value };
    case 'number': return { ...common, valueQuantity: fact.unit === '' ? { value } : { value, unit: fact.unit } };
    case 'date': return { ...common, valueDateTime: value };
  }
}

const written = (fact, value) => (fact.type === 'yes_no' ? (value ? 'ja' : 'nei') : String(value));

export function patientsOf(pathway, system, many, random) {
  const near = thresholds(pathway);
  const changes = pathway.limits.flatMap((row) => [row.valid_from, row.valid_to]).filter(Boolean);
  const [first, last] = [pathway.valid_from ?? '2015-01-01', pathway.valid_to ?? '2030-01-01'];
  const opening = pathway.codes.find((code) => code.role === 'åpner') ?? pathway.codes[0];
  return Array.from({ length: many }, (_, number) => {
    const share = 1 - random() ** 2;
    const known = new Map();
    for (const fact of pathway.facts.filter((fact) => fact.formula === null))
      if (random() < share) known.set(fact.name, valueOf(fact, near.get(fact.name), random));
    const id = `p${number}`;
    const facts = pathway.facts.filter((fact) => known.has(fact.name)).map((fact) => `${id},${KNOWN},${fact.name},${written(fact, known.get(fact.name))}`);
    for (let pass = 0; pass < pathway.facts.length; pass += 1)
      for (const fact of pathway.facts.filter((fact) => fact.formula !== null)) {
        const value = computed(fact.formula, known);
        if (value !== undefined) known.set(fact.name, value);
      }
    const near_change = changes.length > 0 && random() < 0.8;
    const start = near_change ? shifted(changes[Math.floor(random() * changes.length)], Math.floor(random() * 3) - 1) : shifted('2020-06-01', Math.floor(random() * 500));
    const within = start < first ? first : start > last ? last : start;
    const observations = pathway.facts.filter((fact) => known.has(fact.name)).map((fact) => observation(fact, known.get(fact.name), system));
    const episode = { resourceType: 'EpisodeOfCare', status: 'active', period: { start: within } };
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [...observations, episode].map((resource) => ({ resource })) };
    return { id, facts, start: within, code: opening.code, bundle };
  });
}
