// Each validator notices some planted errors, and no planted error goes unnoticed. `planted.mjs FOLDER SCRATCH PYTHON`
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { read } from './files.mjs';
import { validators } from './structure.mjs';

const [folder, scratch, python] = process.argv.slice(2);
const file = path.join(scratch, 'planted.json');

function byModels(resource) {
  fs.writeFileSync(file, JSON.stringify(resource));
  const done = spawnSync(python, [path.join(import.meta.dirname, 'models.py'), file], { encoding: 'utf8' });
  return done.status === 0 ? [] : [done.stderr];
}

const all = { ...validators, byModels };
const plan = 'A39/PlanDefinition-A39.json';
const inner = (resource) => resource.action[0].action[0];
const planted = [
  ['an element that R4 does not have', plan, (plan) => { plan.phase = 'utredning'; }],
  ['a missing status', plan, (plan) => { delete plan.status; }],
  ['a status outside the value set', plan, (plan) => { plan.status = 'utkast'; }],
  ['one value where R4 has a list', plan, (plan) => { plan.relatedArtifact = plan.relatedArtifact[0]; }],
  ['a list where R4 has one value', plan, (plan) => { inner(plan).title = [inner(plan).title]; }],
  ['a number that is text', 'A39/CodeSystem-A39.json', (system) => { system.count = 'fjorten'; }],
  ['a requirement outside the value set', plan, (plan) => { inner(plan).requiredBehavior = 'should'; }],
  ['a population that R4 does not have', 'A39/Measure-A39-OF1.json', (one) => { one.group[0].population[0].code.coding[0].code = 'initial'; }],
  ['a related action without a relationship', plan, (plan) => { inner(plan).relatedAction = [{ actionId: 'A39A' }]; }],
  ['a day that is no date', 'A12/PlanDefinition-A12.json', (plan) => { plan.effectivePeriod.start = '2015-13-41'; }],
  ['an empty text', plan, (plan) => { inner(plan).title = ''; }],
  ['two values of one choice', 'A39/Provenance-A39-utkast.json', (one) => Object.assign(one, { occurredDateTime: '2020', occurredPeriod: { start: '2020' } })],
  ['an expression that is no FHIRPath', plan, (plan) => { inner(plan).condition = [{ kind: 'applicability', expression: { language: 'text/fhirpath', expression: '(a = ' } }]; }],
];

let unnoticed = 0;
const useful = new Set();
for (const [error, name, plant] of planted) {
  const resource = read(path.join(folder, name));
  const before = Object.values(all).flatMap((validator) => validator(resource));
  plant(resource);
  const noticed = Object.entries(all).filter(([, validator]) => validator(resource).length > 0).map(([key]) => key);
  noticed.forEach((key) => useful.add(key));
  unnoticed += before.length > 0 || noticed.length === 0 ? 1 : 0;
  console.log(`${error}: ${noticed.join(', ') || 'nobody'}${before.length > 0 ? ' (wrong before)' : ''}`);
}
process.exit(unnoticed === 0 && useful.size === Object.keys(all).length ? 0 : 1);
