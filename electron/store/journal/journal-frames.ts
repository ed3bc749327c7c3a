import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * File: magic, 16 bytes of file id, then frames. Frame: head (u32 length of what follows the head, u64 number, 4 bytes of checksum), 12 bytes of
 * nonce, AES-256-GCM ciphertext, 16 bytes of tag. Associated data: file id, number, and the tag of the frame before, which chains them.
 */
const magic = Buffer.from('PDJ1', 'latin1');
const fileIdBytes = 16;
export const fileHeadBytes = magic.length + fileIdBytes;
const frameHeadBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const longestFrame = 4 * 1024 * 1024;

export interface FrameKey {
  readonly fileHead: Buffer;
  readonly key: Buffer;
}

interface Frame {
  readonly number: number;
  readonly text: string;
  readonly tag: Buffer;
  /** Offset of the byte after it. */
  readonly end: number;
}

export function newFileHead(): Buffer {
  return Buffer.concat([magic, randomBytes(fileIdBytes)]);
}

/** The file's own key, from the store's; undefined when these are not a journal's first bytes. */
export function frameKeyOf(storeKey: Buffer, bytes: Buffer): FrameKey | undefined {
  if (bytes.length < fileHeadBytes || !bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const fileHead = Buffer.from(bytes.subarray(0, fileHeadBytes));
  return { fileHead, key: Buffer.from(hkdfSync('sha256', storeKey, fileHead, 'portal-desk intent journal v1', 32)) };
}

function headOf(length: number, number: number, fileHead: Buffer): Buffer {
  const head = Buffer.alloc(frameHeadBytes);
  head.writeUInt32LE(length, 0);
  head.writeBigUInt64LE(BigInt(number), 4);
  createHash('sha256').update(fileHead).update(head.subarray(0, 12)).digest().copy(head, 12, 0, 4);
  return head;
}

const associated = ({ fileHead }: FrameKey, number: number, previousTag: Buffer) =>
  Buffer.concat([fileHead, Buffer.from(String(number)), previousTag]);

export const firstTag = Buffer.alloc(tagBytes);

/** Throws RangeError for a text that is too long ever to be read back. */
export function sealFrame(key: FrameKey, number: number, previousTag: Buffer, text: string): { bytes: Buffer; tag: Buffer } {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key.key, nonce).setAAD(associated(key, number, previousTag));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const tag = cipher.getAuthTag();
  const length = nonceBytes + sealed.length + tagBytes;
  if (length > longestFrame) throw new RangeError('A journal record is too long');
  return { bytes: Buffer.concat([headOf(length, number, key.fileHead), nonce, sealed, tag]), tag };
}

/** The frame that begins at an offset, or undefined when there is none that is whole and authentic. */
function readFrame(key: FrameKey, bytes: Buffer, at: number, previousTag: Buffer): Frame | undefined {
  if (at + frameHeadBytes > bytes.length) return undefined;
  const length = bytes.readUInt32LE(at);
  const end = at + frameHeadBytes + length;
  if (length < nonceBytes + tagBytes || length > longestFrame || end > bytes.length) return undefined;
  const number = Number(bytes.readBigUInt64LE(at + 4));
  if (!headOf(length, number, key.fileHead).equals(bytes.subarray(at, at + frameHeadBytes))) return undefined;
  const bodyAt = at + frameHeadBytes;
  const tag = Buffer.from(bytes.subarray(end - tagBytes, end));
  const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(bodyAt, bodyAt + nonceBytes))
    .setAAD(associated(key, number, previousTag))
    .setAuthTag(tag);
  const open = decipher.update(bytes.subarray(bodyAt + nonceBytes, end - tagBytes));
  try {
    return { number, text: Buffer.concat([open, decipher.final()]).toString('utf8'), tag, end };
  } catch {
    return undefined;
  }
}

interface ReadFrames {
  readonly frames: readonly Frame[];
  /** `torn`: the end can't be read, as after a power cut in mid-write. `damaged`: something before the end can't. */
  readonly condition: 'whole' | 'torn' | 'damaged';
}

/** Every frame that can be read: after a damaged place the search goes on, because each frame carries its own proof. */
export function readFrames(key: FrameKey, bytes: Buffer): ReadFrames {
  const frames: Frame[] = [];
  let at = fileHeadBytes;
  let skippedFrom: number | undefined;
  let condition: ReadFrames['condition'] = 'whole';
  while (at < bytes.length) {
    const previousTag = frames.length === 0 && skippedFrom === undefined ? firstTag : bytes.subarray(at - tagBytes, at);
    const last = frames.at(-1);
    const frame = readFrame(key, bytes, at, previousTag);
    const isNext = frame !== undefined && (last === undefined || frame.number === last.number + 1);
    if (frame && (isNext || (skippedFrom !== undefined && frame.number > (last?.number ?? 0)))) {
      if (skippedFrom !== undefined) condition = 'damaged';
      skippedFrom = undefined;
      frames.push(frame);
      at = frame.end;
    } else {
      skippedFrom ??= at;
      at += 1;
    }
  }
  return { frames, condition: skippedFrom !== undefined && condition === 'whole' ? 'torn' : condition };
}
