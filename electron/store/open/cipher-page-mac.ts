import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const pageSize = 8192;
const hmacBytes = 64;
const ivBytes = 16;
const saltBytes = 16;
const pagesToTry = 64;

/**
 * Whether the key authenticates any of the file's first pages (SQLCipher 4 format: HMAC-SHA-512 over ciphertext, IV and page number, with a key
 * derived by 2 rounds of PBKDF2 from the key and the salt XOR 0x3a). Tells a damaged file from a wrong key: SQLite says NOTADB to both.
 */
export function isKeyOfFile(path: string, key: Buffer): boolean {
  const file = openSync(path, 'r');
  try {
    const page = Buffer.alloc(pageSize);
    const salt = Buffer.alloc(saltBytes);
    readSync(file, salt, 0, saltBytes, 0);
    const macKey = pbkdf2Sync(key, Buffer.from(salt.map((byte) => byte ^ 0x3a)), 2, 32, 'sha512');
    for (let number = 1; number <= pagesToTry; number += 1) {
      if (readSync(file, page, 0, pageSize, (number - 1) * pageSize) < pageSize) return false;
      if (isPageOf(page, number, macKey)) return true;
    }
    return false;
  } finally {
    closeSync(file);
  }
}

function isPageOf(page: Buffer, number: number, macKey: Buffer): boolean {
  const start = number === 1 ? saltBytes : 0;
  const macAt = pageSize - (ivBytes + hmacBytes);
  const pageNumber = Buffer.alloc(4);
  pageNumber.writeUInt32LE(number);
  const mac = createHmac('sha512', macKey)
    .update(page.subarray(start, macAt + ivBytes))
    .update(pageNumber)
    .digest();
  return timingSafeEqual(mac, page.subarray(macAt + ivBytes));
}
