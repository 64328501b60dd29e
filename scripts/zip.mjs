// A folder as one zip file, the same bytes from the same files: they stand in the order of their names, all with one time. It reads and
// writes no file.

import { zipSync } from "fflate";

/** @param {[name: string, bytes: any][]} files without the folder in their names @param {Date} mtime a zip file has it without a zone */
export function zipped(files, mtime) {
  const sorted = files.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => [`relief-screener/${name}`, bytes]);
  return zipSync(Object.fromEntries(sorted), { level: 9, mtime });
}
