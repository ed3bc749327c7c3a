import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type PortalDatabase, prepared } from './database.ts';
import { isObject, type JsonObject, parseJson } from './json.ts';

function pageKey(database: PortalDatabase): Buffer {
  const find = () => prepared<{ value: Buffer }>(database, "SELECT value FROM setting WHERE name = 'page-key'").get();
  const known = find();
  if (known) return known.value;
  const key = randomBytes(32);
  prepared(database, "INSERT INTO setting (name, value) VALUES ('page-key', ?)").run(key);
  return key;
}

/**
 * Seals where a walk stands into text for a next link. Sealed rather than encoded, because the query of a POST search may hold an
 * NHI or a name, and links end up in logs.
 */
export function sealPage(database: PortalDatabase, page: JsonObject): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', pageKey(database), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(page), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What `sealPage` sealed; undefined when the text is not from this server's file. */
export function openPage(database: PortalDatabase, token: string): JsonObject | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < 28) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', pageKey(database), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    const page = parseJson(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
    return isObject(page) ? page : undefined;
  } catch {
    return undefined;
  }
}
