import { z } from 'zod';
import { Staff } from '../../../shared/domain/staff.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const saveStaffSql =
  defineStatement(`INSERT INTO staff (id, practitioner_id, name, role, cpn, active) VALUES (:id, :practitionerId, :name, :role, :cpn, :active)
     ON CONFLICT (id) DO UPDATE SET practitioner_id = excluded.practitioner_id, name = excluded.name, role = excluded.role, cpn = excluded.cpn,
       active = excluded.active`);

export function saveStaff(db: WriteDb, { active, ...staff }: Staff & { readonly active: boolean }): void {
  db.write(saveStaffSql).run({ ...staff, active: active ? 1 : 0 });
}

const listStaffSql = defineStatement(
  'SELECT id, practitioner_id AS practitionerId, name, role, cpn FROM staff WHERE active = 1 ORDER BY name, id',
);

/** Everyone who works here now, by name. */
export function listStaff(db: ReadDb): Staff[] {
  const rows = db.read(listStaffSql).all();
  return z.array(Staff).parse(rows);
}

const findStaffSql = defineStatement('SELECT id, practitioner_id AS practitionerId, name, role, cpn FROM staff WHERE id = :id');

/** Also somebody who has left: their name stands under old work. */
export function findStaff(db: ReadDb, id: string): Staff | undefined {
  const row = db.read(findStaffSql).get({ id });
  return row && Staff.parse(row);
}
