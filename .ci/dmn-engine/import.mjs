// Reads DMN files as the modellers that build on dmn-js do: import.mjs FOLDER. They know DMN 1.3, whose elements are the
// same; only the names of the namespaces are exchanged.

import { readdirSync, readFileSync } from "node:fs";
import { DmnModdle } from "dmn-moddle";

const folder = process.argv[2];
const files = readdirSync(folder).filter((file) => file.endsWith(".dmn"));
for (const file of files) {
  const text = readFileSync(`${folder}/${file}`, "utf8").replaceAll("DMN/20230324/", "DMN/20191111/");
  const { rootElement, warnings } = await new DmnModdle().fromXML(text);
  if (warnings.length > 0 || rootElement.drgElement.length === 0 || !rootElement.dmnDI) {
    throw new Error(`${file}: ${warnings.map((warning) => warning.message).join("\n")}`);
  }
}
if (files.length === 0) throw new Error(`no files in ${folder}`);
console.log(`${files.length} files are read without a warning`);
