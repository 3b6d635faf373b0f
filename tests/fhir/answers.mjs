// Emitted conditions and limits give the answers of the runtime, on made-up patients.
// `answers.mjs FORLOP TABLES FOLDER SCRATCH MANY`: the program, its tables, what it emitted of them, a folder to write in,
// and how many patients for each pathway.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4/index.js';
import { read, walk } from './files.mjs';
import { AS_OF, patientsOf, seeded } from './patients.mjs';

const [forlop, tables, folder, scratch, many] = process.argv.slice(2);
const compiled = new Map();
const counts = {};
const wrong = [];

function count(what) {
  counts[what] = (counts[what] ?? 0) + 1;
}

/** True, false or, for unknown, null; undefined if FHIRPath does not say. */
function holds({ language, expression }, bundle) {
  if (language !== 'text/fhirpath') return undefined;
  if (!compiled.has(expression)) compiled.set(expression, fhirpath.compile(expression, r4));
  const result = compiled.get(expression)(bundle);
  if (result.length > 1 || (result.length === 1 && typeof result[0] !== 'boolean'))
    throw new Error(`${expression.slice(0, 200)} gives ${JSON.stringify(result)}`);
  return result[0] ?? null;
}

/** All conditions of an action and of those around it. */
function all(conditions, bundle) {
  const truths = conditions.map((condition) => holds(condition.expression, bundle));
  if (truths.includes(undefined)) return undefined;
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

const kindOf = (action) => action.code?.find((code) => code.coding?.[0].system.endsWith('/forlop-action-kind'));
const isA = (kind) => (action) => kindOf(action)?.coding[0].code === kind;
const nameOf = (action) => action.code?.find((code) => code.text)?.text;

/** The actions of a plan in the runtime's order: what belongs to no phase, then the phases. */
function contents(plan) {
  const phases = plan.action.filter(isA('phase'));
  return [...plan.action.filter((action) => !isA('phase')(action)), ...phases.flatMap((phase) => phase.action ?? [])];
}

function compare(what, place, theirs, ours) {
  count(`${what}: ${JSON.stringify(ours)}`);
  if (JSON.stringify(theirs) !== JSON.stringify(ours)) wrong.push(`${what} ${place}: FHIR ${JSON.stringify(theirs)}, forlop ${JSON.stringify(ours)}`);
}

function criteria(action, bundle, answer, place) {
  const met = action.condition.at(-1).expression;
  const applies = all(action.condition.slice(0, -1), bundle);
  if (applies === undefined || met.language !== 'text/fhirpath') return count('criteria: only words');
  const truth = applies === true ? holds(met, bundle) : applies;
  const theirs = applies === false ? 'not_applicable' : { true: 'met', false: 'not_met', null: 'unknown' }[truth];
  compare('criteria', `${place} ${answer.criteria}`, theirs, answer.result);
}

function route(action, bundle, answer, place) {
  const applies = all(action.condition ?? [], bundle);
  const rows = action.action.map((row) => all(row.condition, bundle));
  if (applies === undefined || rows.includes(undefined)) return count('routes: only words');
  const row = rows.indexOf(true) + 1;
  const inside = row > 0 ? row : rows.includes(null) ? 'unknown' : 'none';
  const theirs = applies === true ? inside : applies === false ? 'not_applicable' : 'unknown';
  compare('routes', `${place} ${answer.route}`, theirs, answer.row ?? answer.result);
}

/** Those who can be answered for, in order, with all conditions that hold for them. */
function investigations(actions, around) {
  return actions.flatMap((action) => {
    const conditions = [...around, ...(action.condition ?? [])];
    const own = nameOf(action) !== undefined || action.action ? [[action, conditions]] : [];
    return [...own, ...investigations(action.action ?? [], conditions)];
  });
}

/** The limits that hold, of the one table whose conditions all do. */
function limits(plan, bundle, course, place) {
  const tables = plan.action.find(isA('limits'))?.action ?? [];
  const truths = tables.map((table) => all(table.condition ?? [], bundle));
  if (truths.includes(undefined)) return count('limits: only words');
  const held = tables.filter((_, number) => truths[number] === true);
  if (held.length > 1) wrong.push(`${place}: ${held.length} tables hold`);
  const part = (action, name) => {
    const found = action.extension[0].extension.find((one) => one.url === name) ?? {};
    return found.valueString ?? found.valueCode ?? found.valueInteger ?? null;
  };
  for (const interval of course.intervals) {
    const rows = held.flatMap((table) => table.action).filter((action) => part(action, 'interval') === interval.interval && part(action, 'treatment') === interval.treatment);
    if (rows.length > 1) wrong.push(`${place}: two rows`);
    const row = rows.map((action) => [part(action, 'amount'), part(action, 'unit')])[0] ?? [null, null];
    if (held.length > 0) compare('variant', place, nameOf(held[0]), interval.variant);
    compare('limits', `${place} ${interval.interval}`, row, [interval.limit, interval.unit]);
    for (const action of rows) range(action.relatedAction?.[0]?.offsetRange, part(action, 'form'), part(action, 'minimum'), row, place);
  }
}

/** What a program reads as the time between is what the row says, or is not there. */
function range(offset, form, minimum, [amount, unit], place) {
  const code = { kalenderdager: 'd', uker: 'wk' }[unit];
  const [low, high] = { at_most: [0, amount], at_least: [amount, undefined], between: [minimum, amount], same_day: [0, 0] }[form] ?? [];
  const quantity = (value) => (value === undefined ? undefined : { code, system: 'http://unitsofmeasure.org', unit: code, value });
  const wanted = code && form !== 'unquantified' ? { high: quantity(high), low: quantity(low) } : undefined;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  count(`range: ${form} ${unit}`);
  if (!same(offset && { high: offset.high, low: offset.low }, wanted)) wrong.push(`${place}: range ${JSON.stringify(offset)} of ${form} ${amount} ${unit}`);
}

const run = (...args) => execFileSync(forlop, ['eval', tables, ...args, '--as-of', AS_OF, '--format', 'ndjson'], { maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] })
  .toString().trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));

for (const pathway of read(tables).pathways) {
  const plan = [...fs.readdirSync(folder, { recursive: true })].filter((name) => path.basename(name).startsWith('PlanDefinition-'))
    .map((name) => read(path.join(folder, name))).find((plan) => JSON.stringify(plan).includes(`"${pathway.codes[0].code}"`));
  const file = path.join(folder, plan.id, `CodeSystem-${plan.id}-facts.json`);
  const system = fs.existsSync(file) ? read(file).url : undefined;
  const patients = patientsOf(pathway, system, Number(many), seeded(pathway.id));
  const [facts, events] = [path.join(scratch, 'facts.csv'), path.join(scratch, 'events.csv')];
  fs.writeFileSync(facts, ['patient,date,fact,value', ...patients.flatMap((patient) => patient.facts)].join('\n') + '\n');
  fs.writeFileSync(events, ['patient,date,code', ...patients.map(({ id, start, code }) => `${id},${start},${code}`)].join('\n') + '\n');
  const bundles = new Map(patients.map((patient) => [patient.id, patient.bundle]));
  const actions = contents(plan);
  const named = (kind) => actions.filter(isA(kind));

  for (const answer of run('--criteria', '--facts', facts).filter((answer) => answer.pathway === pathway.id)) {
    const bundle = bundles.get(answer.patient);
    const place = `${pathway.id} ${answer.patient}`;
    const same = (kind, key, list) => compare('names', place, named(kind).map(nameOf), list.map((one) => one[key]));
    same('criteria', 'criteria', answer.criteria);
    same('routes', 'route', answer.routes);
    named('criteria').forEach((action, number) => criteria(action, bundle, answer.criteria[number], place));
    named('routes').forEach((action, number) => route(action, bundle, answer.routes[number], place));
    const items = investigations(named('investigations').flatMap((list) => (list.action ?? []).map((item) => ({ ...item, condition: [...(list.condition ?? []), ...(item.condition ?? [])] }))), []);
    compare('texts', place, items.map(([item]) => item.title), answer.investigations.map((one) => one.text));
    items.forEach(([, conditions], number) => {
      const applies = all(conditions, bundle);
      if (applies === undefined) return count('investigations: only words');
      compare('investigations', `${place} ${answer.investigations[number].item}`, applies === false, answer.investigations[number].status === 'not_applicable');
    });
  }
  for (const course of run('--events', events, '--facts', facts).filter((course) => course.pathway === pathway.id))
    limits(plan, bundles.get(course.patient), course, `${pathway.id} ${course.patient}`);
}

const kinds = Object.entries(counts).filter(([what]) => !/^(names|texts|limits)/.test(what)).sort();
kinds.forEach(([what, times]) => console.log(String(times).padStart(7), what));
wrong.slice(0, 20).forEach((one) => console.error(one));
console.log(`${wrong.length} different`);
process.exit(wrong.length === 0 && kinds.length > 0 ? 0 : 1);
