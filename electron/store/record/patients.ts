import { z } from 'zod';
import { Patient } from '../../../shared/domain/patient.schema.ts';
import type { Allergies, PatientProxy } from '../../../shared/domain/patient.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { idOf, numberOf, numberResource } from '../mirror/resource-number.ts';

const PatientRecord = Patient.omit({ allergies: true, proxies: true });
/** A Patient resource; allergies and proxies are resources of their own. */
export type PatientRecord = z.infer<typeof PatientRecord>;

export interface AllergyRecord {
  readonly id: string;
  readonly patientId: string;
  /** `none-known` is the statement that there is none; `not-current` covers refuted, resolved and entered in error. */
  readonly status: 'recorded' | 'none-known' | 'not-current';
  readonly substance: string;
  readonly reaction: string | null;
  readonly severe: boolean;
}

export interface ProxyRecord extends PatientProxy {
  readonly id: string;
  readonly patientId: string;
}

const savePatientSql =
  defineStatement(`INSERT INTO patient (number, version_id, family_name, given_names, nhi, restricted, deceased, detail)
     VALUES (:number, :versionId, :familyName, :givenNames, :nhi, :restricted, :deceased, :detail)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, family_name = excluded.family_name, given_names = excluded.given_names,
       nhi = excluded.nhi, restricted = excluded.restricted, deceased = excluded.deceased, detail = excluded.detail`);

export function savePatient(db: WriteDb, patient: PatientRecord, versionId: string): void {
  db.write(savePatientSql).run({
    number: numberResource(db, 'Patient', patient.id),
    versionId,
    familyName: patient.familyName,
    givenNames: patient.givenNames,
    nhi: patient.nhi,
    restricted: patient.restricted ? 1 : 0,
    deceased: patient.deceased.is ? 1 : 0,
    detail: JSON.stringify(patient),
  });
}

const findPatientSql = defineStatement(`SELECT detail FROM patient WHERE number = ${numberOf("'Patient'", ':id')}`);

/** The patient with what is known of allergies and of who may act for them. */
export function findPatient(db: ReadDb, id: string): Patient | undefined {
  const row = z.object({ detail: z.string() }).optional().parse(db.read(findPatientSql).get({ id }));
  if (!row) return undefined;
  return { ...PatientRecord.parse(JSON.parse(row.detail)), allergies: allergiesOf(db, id), proxies: proxiesOf(db, id) };
}

const saveAllergySql =
  defineStatement(`INSERT INTO allergy (number, patient, status, substance, reaction, severe) VALUES (:number, :patient, :status, :substance, :reaction, :severe)
     ON CONFLICT (number) DO UPDATE SET patient = excluded.patient, status = excluded.status, substance = excluded.substance,
       reaction = excluded.reaction, severe = excluded.severe`);

export function saveAllergy(db: WriteDb, { id, patientId, ...allergy }: AllergyRecord): void {
  const number = numberResource(db, 'AllergyIntolerance', id);
  db.write(saveAllergySql).run({ ...allergy, number, patient: numberResource(db, 'Patient', patientId), severe: allergy.severe ? 1 : 0 });
}

const saveProxySql =
  defineStatement(`INSERT INTO proxy (number, patient, name, relationship, until_on, can_read) VALUES (:number, :patient, :name, :relationship, :untilOn, :canRead)
     ON CONFLICT (number) DO UPDATE SET patient = excluded.patient, name = excluded.name, relationship = excluded.relationship,
       until_on = excluded.until_on, can_read = excluded.can_read`);

export function saveProxy(db: WriteDb, { id, patientId, ...proxy }: ProxyRecord): void {
  const number = numberResource(db, 'RelatedPerson', id);
  db.write(saveProxySql).run({ ...proxy, number, patient: numberResource(db, 'Patient', patientId), canRead: proxy.canRead ? 1 : 0 });
}

const AllergyRow = z.object({
  status: z.enum(['recorded', 'none-known', 'not-current']),
  substance: z.string(),
  reaction: z.string().nullable(),
  severe: z.number().transform((value) => value === 1),
});

const allergiesOfSql = defineStatement(
  `SELECT status, substance, reaction, severe FROM allergy WHERE patient = ${numberOf("'Patient'", ':patientId')}
     ORDER BY severe DESC, substance, ${idOf('allergy.number')}`,
);

/** One recorded allergy outweighs any "none known"; nothing at all is "not recorded", never "none" (UI, Patient banner). */
function allergiesOf(db: ReadDb, patientId: string): Allergies {
  const rows = z.array(AllergyRow).parse(db.read(allergiesOfSql).all({ patientId }));
  const items = rows
    .filter(({ status }) => status === 'recorded')
    .map(({ substance, reaction, severe }) => ({ substance, reaction, severe }));
  if (items.length > 0) return { status: 'recorded', items };
  return { status: rows.some(({ status }) => status === 'none-known') ? 'none-known' : 'not-recorded' };
}

const ProxyRow = z.object({
  name: z.string(),
  relationship: z.string(),
  untilOn: z.string().nullable(),
  canRead: z.number().transform((value) => value === 1),
});

const proxiesOfSql = defineStatement(
  `SELECT name, relationship, until_on AS untilOn, can_read AS canRead FROM proxy WHERE patient = ${numberOf("'Patient'", ':patientId')}
     ORDER BY name, ${idOf('proxy.number')}`,
);

function proxiesOf(db: ReadDb, patientId: string): PatientProxy[] {
  const rows = db.read(proxiesOfSql).all({ patientId });
  return z.array(ProxyRow).parse(rows);
}
