import type { Result } from '../../shared/result.ts';
import type { Difference } from '../features/use-case-context.ts';
import { toCommunication } from '../fhir/mappers/communication.ts';
import { toReport } from '../fhir/mappers/diagnostic-report.ts';
import { toMedicineRequest } from '../fhir/mappers/medication-request.ts';
import { toMeasurement } from '../fhir/mappers/observation.ts';
import { toPatient } from '../fhir/mappers/patient.ts';
import { readResource } from '../fhir/mappers/read-resource.ts';
import { toTask } from '../fhir/mappers/task.ts';

type Facts = Readonly<Record<string, string>>;

/** Resource type → what a person would call different about two versions of it. */
const factsByType: Readonly<Record<string, (resource: unknown) => Facts>> = {
  Task: (resource) =>
    factsOf(toTask(resource), (task): Facts => {
      if (task.is !== 'item') return {};
      return { Status: task.status, Owner: task.ownerName ?? 'nobody', Team: task.pool ?? 'none', Priority: task.priority };
    }),
  Communication: (resource) =>
    factsOf(toCommunication(resource), (message): Facts => (message.is === 'message' ? { Message: message.body } : {})),
  Patient: (resource) =>
    factsOf(toPatient(resource), (patient) => ({
      Name: `${patient.familyName}, ${patient.givenNames}`,
      NHI: patient.nhi ?? 'not known',
      Born: patient.bornOn ?? 'not known',
      Died: patient.deceased.is ? (patient.deceased.at ?? 'yes') : 'no',
      Enrolled: patient.enrolled,
      Alerts: patient.alerts.join('; ') || 'none',
    })),
  MedicationRequest: (resource) =>
    factsOf(toMedicineRequest(resource), ({ status, detail }) => ({
      Medicine: [detail.genericName, detail.brandName, detail.strength, detail.form].filter(Boolean).join(' '),
      Dose: detail.dose,
      Status: status,
    })),
  DiagnosticReport: (resource) =>
    factsOf(toReport(resource), ({ status, held, detail }) => ({
      'Report status': status,
      'Seen by the patient': held ? 'no' : 'yes',
      Conclusion: detail.conclusion ?? 'none',
      'Sensitive labels': detail.labels.join(', ') || 'none',
    })),
  Observation: (resource) =>
    factsOf(toMeasurement(resource), ({ value, unit, detail }) => ({
      [detail.name]: [value, unit, detail.flag].filter(Boolean).join(' '),
    })),
};

function factsOf<T>(read: Result<T, unknown>, toFacts: (value: T) => Facts): Facts {
  return read.ok ? toFacts(read.value) : {};
}

function factsIn(type: string, body: string): Facts {
  const resource = readResource(body);
  return resource.ok ? (factsByType[type]?.(resource.value) ?? {}) : {};
}

/** What changed between two JSON bodies of one resource, in words for the conflict screen; empty when only bookkeeping did. */
export function compareBodies(ref: string, seen: string, now: string): readonly Difference[] {
  const [type = ''] = ref.split('/');
  const before = factsIn(type, seen);
  const after = factsIn(type, now);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((what) => ({ what, seen: before[what] ?? 'not there', now: after[what] ?? 'not there' }))
    .filter((difference) => difference.seen !== difference.now);
}
