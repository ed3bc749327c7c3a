import { z } from 'zod';
import { Staff } from '../../../shared/domain/staff.schema.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { idOf, numberOf, numberResource } from '../mirror/resource-number.ts';

const saveStaffSql =
  defineStatement(`INSERT INTO staff (number, practitioner_id, name, role, cpn, active) VALUES (:number, :practitionerId, :name, :role, :cpn, :active)
     ON CONFLICT (number) DO UPDATE SET practitioner_id = excluded.practitioner_id, name = excluded.name, role = excluded.role, cpn = excluded.cpn,
       active = excluded.active`);

export function saveStaff(db: WriteDb, { id, active, ...staff }: Staff & { readonly active: boolean }): void {
  db.write(saveStaffSql).run({ ...staff, number: numberResource(db, 'PractitionerRole', id), active: active ? 1 : 0 });
}

const listStaffSql = defineStatement(
  `SELECT ${idOf('staff.number')} AS id, practitioner_id AS practitionerId, name, role, cpn FROM staff WHERE active = 1 ORDER BY name, id`,
);

/** Everyone who works here now, by name. */
export function listStaff(db: ReadDb): Staff[] {
  const rows = db.read(listStaffSql).all();
  return z.array(Staff).parse(rows);
}

const findStaffSql = defineStatement(
  `SELECT :id AS id, practitioner_id AS practitionerId, name, role, cpn FROM staff WHERE number = ${numberOf("'PractitionerRole'", ':id')}`,
);

/** Also somebody who has left: their name stands under old work. */
export function findStaff(db: ReadDb, id: string): Staff | undefined {
  const row = db.read(findStaffSql).get({ id });
  return row && Staff.parse(row);
}
