import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

/** @typedef {{ name: string, mode: number, method: number, start: number, packedSize: number }} ZipEntry */

/**
 * Unpacks a zip of less than 2 GB, keeping file modes and links; Debian brings tar but not unzip.
 * @param {string} file
 * @param {string} folder where to
 * @param {(name: string) => string | undefined} place where inside the folder an entry goes; undefined leaves it out
 */
export function unzip(file, folder, place) {
  const zip = fs.readFileSync(file);
  for (const entry of entriesOf(zip)) {
    const name = place(entry.name);
    if (name === undefined || entry.name.endsWith('/')) continue;
    const target = path.join(folder, name);
    if (path.relative(folder, target).startsWith('..')) throw new Error(`${file} would write outside its folder: ${entry.name}`);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    const content = contentOf(zip, entry);
    if ((entry.mode & 0o170000) === 0o120000) fs.symlinkSync(content.toString(), target);
    else fs.writeFileSync(target, content, { mode: entry.mode & 0o777 || 0o644 });
  }
}

/** @param {Buffer} zip @returns {ZipEntry[]} */
function entriesOf(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < 0) throw new Error('Not a zip file.');
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      method: zip.readUInt16LE(at + 10),
      start: zip.readUInt32LE(at + 42),
      packedSize: zip.readUInt32LE(at + 20),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param {Buffer} zip @param {ZipEntry} entry */
function contentOf(zip, entry) {
  const start = entry.start + 30 + zip.readUInt16LE(entry.start + 26) + zip.readUInt16LE(entry.start + 28);
  const packed = zip.subarray(start, start + entry.packedSize);
  if (entry.method === 0) return packed;
  if (entry.method === 8) return zlib.inflateRawSync(packed);
  throw new Error(`Unknown compression ${entry.method} in ${entry.name}`);
}
