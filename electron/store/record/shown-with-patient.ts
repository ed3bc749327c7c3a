import { z } from 'zod';
import type { ItemKind } from '../../../shared/domain/work-item.ts';
import { defineStatement, type ReadDb } from '../db.ts';
import { idOf, numberOf } from '../mirror/resource-number.ts';

const ofPatient = `patient = ${numberOf("'Patient'", ':patientId')}`;

const allergiesAndProxiesSql = defineStatement(
  `SELECT 'AllergyIntolerance/' || ${idOf('allergy.number')} AS ref FROM allergy WHERE ${ofPatient}
   UNION ALL SELECT 'RelatedPerson/' || ${idOf('proxy.number')} AS ref FROM proxy WHERE ${ofPatient}`,
);

const currentOrdersSql = defineStatement(
  `SELECT 'MedicationRequest/' || ${idOf('medicine_request.number')} AS ref FROM medicine_request
     WHERE ${ofPatient} AND intent <> 'proposal' AND status IN ('active', 'on-hold')`,
);

const Refs = z.array(z.object({ ref: z.string() })).transform((rows) => rows.map(({ ref }) => ref));

/** `Type/id` of what is shown with a patient: allergies, who may act for them and, beside a repeat prescription, what they are ordered now. */
export function shownWithPatient(db: ReadDb, patientId: string, kind: ItemKind): readonly string[] {
  const always = Refs.parse(db.read(allergiesAndProxiesSql).all({ patientId }));
  return kind === 'repeat' ? [...always, ...Refs.parse(db.read(currentOrdersSql).all({ patientId }))] : always;
}
