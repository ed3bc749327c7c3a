import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { idOf, numberOf, numberResource } from '../mirror/resource-number.ts';

/** What a MedicationRequest says beyond the columns; `null` is "not said". */
const MedicineDetail = z.object({
  genericName: z.string(),
  brandName: z.string().nullable(),
  strength: z.string().nullable(),
  form: z.string().nullable(),
  dose: z.string(),
  supplyDays: z.number().nullable(),
  repeatsAllowed: z.number().nullable(),
  pharmacy: z.string().nullable(),
  note: z.string().nullable(),
  longTerm: z.boolean(),
  validUntil: z.string().nullable(),
});
export type MedicineDetail = z.infer<typeof MedicineDetail>;

/** A proposal (a patient asks) or an order (a prescriber signed); `intent` tells which. */
const MedicineRequest = z.object({
  id: z.string(),
  versionId: z.string(),
  intent: z.string(),
  status: z.string(),
  patientId: z.string(),
  /** Common to the proposals of one request. */
  groupId: z.string().nullable(),
  basedOn: z.string().nullable(),
  priorId: z.string().nullable(),
  code: z.string().nullable(),
  /** Lower-case key that says "same medicine". */
  medicineKey: z.string(),
  authoredOn: z.string().nullable(),
  requesterName: z.string().nullable(),
  detail: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(MedicineDetail),
});
export type MedicineRequest = Readonly<z.infer<typeof MedicineRequest>>;

const saveMedicineRequestSql =
  defineStatement(`INSERT INTO medicine_request (number, version_id, intent, status, patient, group_id, based_on, prior_id, code, medicine_key, authored_on,
       requester_name, detail)
     VALUES (:number, :versionId, :intent, :status, :patient, :groupId, :basedOn, :priorId, :code, :medicineKey, :authoredOn, :requesterName, :detail)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, intent = excluded.intent, status = excluded.status,
       patient = excluded.patient, group_id = excluded.group_id, based_on = excluded.based_on, prior_id = excluded.prior_id,
       code = excluded.code, medicine_key = excluded.medicine_key, authored_on = excluded.authored_on, requester_name = excluded.requester_name,
       detail = excluded.detail`);

export function saveMedicineRequest(db: WriteDb, { id, patientId, ...request }: MedicineRequest): void {
  const [number, patient] = [numberResource(db, 'MedicationRequest', id), numberResource(db, 'Patient', patientId)];
  db.write(saveMedicineRequestSql).run({ ...request, number, patient, detail: JSON.stringify(request.detail) });
}

const columns = `${idOf('medicine_request.number')} AS id, version_id AS versionId, intent, status, ${idOf('patient')} AS patientId, group_id AS groupId,
  based_on AS basedOn, prior_id AS priorId, code, medicine_key AS medicineKey, authored_on AS authoredOn, requester_name AS requesterName, detail`;

const findMedicineRequestSql = defineStatement(
  `SELECT ${columns} FROM medicine_request WHERE number = ${numberOf("'MedicationRequest'", ':id')}`,
);

export function findMedicineRequest(db: ReadDb, id: string): MedicineRequest | undefined {
  const row = db.read(findMedicineRequestSql).get({ id });
  return row && MedicineRequest.parse(row);
}

const requestedMedicinesSql = defineStatement(
  `SELECT ${columns} FROM medicine_request WHERE group_id = :groupId AND patient = ${numberOf("'Patient'", ':patientId')} AND intent = 'proposal' ORDER BY id`,
);

/** The medicines a patient asks for together: the first proposal's group, or it alone. */
export function requestedMedicines(db: ReadDb, firstProposalId: string): readonly MedicineRequest[] {
  const first = findMedicineRequest(db, firstProposalId);
  if (!first || first.groupId === null) return first ? [first] : [];
  const rows = db.read(requestedMedicinesSql).all({ groupId: first.groupId, patientId: first.patientId });
  return z.array(MedicineRequest).parse(rows);
}

const earlierOrdersSql = defineStatement(
  `SELECT ${columns} FROM medicine_request WHERE patient = ${numberOf("'Patient'", ':patientId')} AND medicine_key = :medicineKey ORDER BY authored_on DESC, id LIMIT 50`,
);

/** Everything asked for or ordered of one medicine for one patient, newest first: last issue, dose before, duplicates. */
export function earlierOrders(db: ReadDb, patientId: string, medicineKey: string): readonly MedicineRequest[] {
  const rows = db.read(earlierOrdersSql).all({ patientId, medicineKey });
  return z.array(MedicineRequest).parse(rows);
}
