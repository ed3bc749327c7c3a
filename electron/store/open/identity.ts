import { z } from 'zod';
import { Staff } from '../../../shared/domain/staff.schema.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/** Who and what a store belongs to. Opened for anybody else it is refused (SAFETY I14). */
export interface StoreIdentity {
  readonly storeId: string;
  /** FHIR base URL. */
  readonly server: string;
  readonly practiceName: string;
  /** `sub` of the sign-in. */
  readonly subject: string;
  readonly staff: Staff;
  readonly cipherSuite: string;
  readonly createdAt: string;
}

const IdentityRow = z.object({
  storeId: z.string(),
  server: z.string(),
  practiceName: z.string(),
  subject: z.string(),
  staffJson: z.string(),
  cipherSuite: z.string(),
  createdAt: z.string(),
});

const saveIdentitySql =
  defineStatement(`INSERT INTO store_identity (one, store_id, server, practice_name, subject, staff_id, staff_json, cipher_suite, created_at)
       VALUES (1, :storeId, :server, :practiceName, :subject, :staffId, :staffJson, :cipherSuite, :createdAt)
       ON CONFLICT (one) DO UPDATE SET practice_name = excluded.practice_name, staff_id = excluded.staff_id, staff_json = excluded.staff_json`);

/** Written once; later sign-ins renew only the practice's name and the person's role. Another person or server throws. */
export function saveIdentity(db: WriteDb, { staff, ...identity }: StoreIdentity): void {
  db.transaction(() => {
    const known = findIdentity(db);
    if (known && (known.subject !== identity.subject || known.server !== identity.server))
      throw new Error('The store belongs to somebody else');
    db.write(saveIdentitySql).run({ ...identity, staffId: staff.id, staffJson: JSON.stringify(staff) });
  });
}

const findIdentitySql =
  defineStatement(`SELECT store_id AS storeId, server, practice_name AS practiceName, subject, staff_json AS staffJson, cipher_suite AS cipherSuite,
           created_at AS createdAt FROM store_identity`);

export function findIdentity(db: ReadDb): StoreIdentity | undefined {
  const row = IdentityRow.optional().parse(db.read(findIdentitySql).get());
  if (!row) return undefined;
  const { staffJson, ...identity } = row;
  return { ...identity, staff: Staff.parse(JSON.parse(staffJson)) };
}
