// Reading emitted resources.
import fs from 'node:fs';
import path from 'node:path';

export const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/** All emitted resources of a folder, by their path in it. */
export function resources(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json'));
  return new Map(files.sort().map((name) => [name, read(path.join(folder, name))]));
}

/** Calls `see` with each object within a value. */
export function walk(value, see) {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) see(value);
  Object.values(value).forEach((part) => walk(part, see));
}
