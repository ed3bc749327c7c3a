import { ok } from '../../../shared/result.ts';
import { toCommunication } from '../../fhir/mappers/communication.ts';
import { toReport } from '../../fhir/mappers/diagnostic-report.ts';
import { toConsultation } from '../../fhir/mappers/encounter.ts';
import { toMedicineRequest } from '../../fhir/mappers/medication-request.ts';
import { toMeasurement } from '../../fhir/mappers/observation.ts';
import { saveConsultation } from '../../store/record/consultations.ts';
import { saveMedicineRequest } from '../../store/record/medicines.ts';
import { saveMeasurement, saveTestReport } from '../../store/record/results.ts';
import { saveInternalNote, saveMessage, saveThread } from '../../store/record/threads.ts';
import { nameFor } from './names.ts';
import { filteredOut, type Projector, plainlyShown } from './projected.ts';

/** Thread header, message and note each have their table; anything else, such as the comment on a result, is shown with what it is about. */
export const projectCommunication: Projector = (db, resource) => {
  const communication = toCommunication(resource);
  if (!communication.ok) return communication;
  const { value } = communication;
  switch (value.is) {
    case 'thread':
      saveThread(db, value);
      return ok({ ...plainlyShown, focus: `Communication/${value.id}` });
    case 'message': {
      const sender = nameFor(db, value.senderName, value.senderRef, 'Unknown sender');
      const { id, versionId, threadId, patientId, sentAt, attachments, readAt } = value;
      const text = value.withdrawn ? 'This message was withdrawn.' : value.body;
      const from = { kind: value.senderKind, name: sender.name };
      saveMessage(db, { id, versionId, threadId, patientId, sentAt, from, text, attachments, readAt });
      return ok({ shown: true, dependsOn: sender.dependsOn, focus: `Communication/${threadId}` });
    }
    case 'note': {
      const writer = nameFor(db, value.byName, value.byRef, 'Unknown');
      saveInternalNote(db, {
        id: value.id,
        taskId: value.taskId,
        patientId: value.patientId,
        writtenAt: value.writtenAt,
        by: writer.name,
        text: value.body,
      });
      return ok({ ...plainlyShown, dependsOn: writer.dependsOn });
    }
    case 'other':
      return ok(filteredOut);
  }
};

/** Proposals and orders; a plan or an option is neither asked for nor prescribed. */
export const projectMedicineRequest: Projector = (db, resource) => {
  const request = toMedicineRequest(resource);
  if (!request.ok) return request;
  const { value } = request;
  if (value.intent === 'other') return ok(filteredOut);
  const requester = nameFor(db, value.requesterName, value.requesterRef, '');
  const pharmacy = nameFor(db, value.detail.pharmacy, value.detail.pharmacyRef, '');
  const detail = { ...value.detail, pharmacy: pharmacy.name === '' ? null : pharmacy.name };
  saveMedicineRequest(db, { ...value, requesterName: requester.name === '' ? null : requester.name, detail });
  return ok({ shown: true, dependsOn: [...requester.dependsOn, ...pharmacy.dependsOn], focus: `MedicationRequest/${value.id}` });
};

export const projectReport: Projector = (db, resource) => {
  const report = toReport(resource);
  if (!report.ok) return report;
  const { value } = report;
  const laboratory = nameFor(db, value.detail.laboratory, value.detail.laboratoryRef, '');
  const detail = { ...value.detail, laboratory: laboratory.name === '' ? null : laboratory.name, labels: [...value.detail.labels] };
  saveTestReport(db, { ...value, detail: { ...detail, measurementIds: [...detail.measurementIds] } });
  return ok({ shown: true, dependsOn: laboratory.dependsOn, focus: `DiagnosticReport/${value.id}` });
};

export const projectMeasurement: Projector = (db, resource) => {
  const measurement = toMeasurement(resource);
  if (!measurement.ok) return measurement;
  if (measurement.value.status === 'entered-in-error') return ok(filteredOut);
  saveMeasurement(db, measurement.value);
  return ok(plainlyShown);
};

/** Only finished consultations are shown, as the day of the last review; the rest is left out. */
export const projectEncounter: Projector = (db, resource) => {
  const consultation = toConsultation(resource);
  if (!consultation.ok) return consultation;
  if (consultation.value === null) return ok(filteredOut);
  saveConsultation(db, consultation.value);
  return ok(plainlyShown);
};
