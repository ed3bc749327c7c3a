import { clinicalDate } from '../../shared/dates.ts';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import type { Patient } from '../../shared/domain/patient.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';

type Named = Pick<WorkItem, 'familyName' | 'givenNames'>;

/** `NGATA, Ngaio`. */
export function patientName({ familyName, givenNames }: Named): string {
  const family = familyName.toLocaleUpperCase('en-NZ');
  return givenNames === '' ? family : `${family}, ${givenNames}`;
}

/** Who an act is for, short enough for a toast: `NGATA, Ngaio · NHI ZFK0255`. */
export function patientTag({ item }: Pick<ItemDetail, 'item'>): string {
  if (item.patientId === null) return 'Sender not matched';
  return [patientName(item), ...(item.nhi === null ? [] : [`NHI ${item.nhi}`])].join(' · ');
}

/** The patient repeated on a sheet, by all three identifiers (PRODUCT 57): `NGATA, Ngaio · Born 13-Feb-1982 · NHI ZFK0255`. */
export function patientLine({ item, patient }: Pick<ItemDetail, 'item' | 'patient'>): string {
  if (patient === null) return patientTag({ item });
  const born = patient.bornOn === null ? 'Born not known' : `Born ${clinicalDate(patient.bornOn)}`;
  return [patientName(patient), born, patient.nhi === null ? 'NHI not known' : `NHI ${patient.nhi}`].join(' · ');
}

/** How the patient is called on a button: `Ngaio Ngata`. */
export function plainName({ givenNames, familyName }: Named): string {
  return `${givenNames} ${familyName}`.trim();
}

/** Proxies who read what the patient reads. */
export function readingProxies(patient: Patient | null): readonly string[] {
  return (patient?.proxies ?? [])
    .filter((proxy) => proxy.canRead)
    .map(({ name, relationship, untilOn }) => `${name} (${relationship}${untilOn === null ? '' : `, until ${clinicalDate(untilOn)}`})`);
}

/** Why an answer takes the sheet and never a single key: somebody else can read it, or the record is guarded (UI, Actions, undo and safety). */
export function cautionsOf({ item, patient }: Pick<ItemDetail, 'item' | 'patient'>): readonly string[] {
  const proxies = readingProxies(patient);
  return [
    ...(proxies.length > 0 ? [`Also read by ${proxies.join(', ')}`] : []),
    ...(proxies.length === 0 && item.flags.includes('proxy') ? ['A proxy wrote this or can read it'] : []),
    ...(patient?.restricted || item.flags.includes('restricted') ? ['Restricted record'] : []),
    ...(item.flags.includes('sensitive') ? ['Sensitive'] : []),
  ];
}
