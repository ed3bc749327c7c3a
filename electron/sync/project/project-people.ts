import { ok } from '../../../shared/result.ts';
import { toAllergy } from '../../fhir/mappers/allergy.ts';
import { toPatient } from '../../fhir/mappers/patient.ts';
import { readResource } from '../../fhir/mappers/read-resource.ts';
import { toProxy } from '../../fhir/mappers/related-person.ts';
import { toOrganisationName, toPractitioner, toStaff, toStaffRole } from '../../fhir/mappers/staff.ts';
import { findResource } from '../../store/mirror/mirror.ts';
import { saveAllergy, savePatient, saveProxy } from '../../store/record/patients.ts';
import { saveStaff } from '../../store/record/staff.ts';
import { nameFor } from './names.ts';
import { type Projector, plainlyShown } from './projected.ts';

export const projectPatient: Projector = (db, resource) => {
  const patient = toPatient(resource);
  if (!patient.ok) return patient;
  const { versionId, generalPractitionerRef, ...record } = patient.value;
  if (record.generalPractitioner !== null || generalPractitionerRef === null) {
    savePatient(db, record, versionId);
    return ok(plainlyShown);
  }
  const doctor = nameFor(db, null, generalPractitionerRef, '');
  savePatient(db, { ...record, generalPractitioner: doctor.name === '' ? null : doctor.name }, versionId);
  return ok({ ...plainlyShown, dependsOn: doctor.dependsOn });
};

export const projectAllergy: Projector = (db, resource) => {
  const allergy = toAllergy(resource);
  if (!allergy.ok) return allergy;
  saveAllergy(db, allergy.value);
  return ok(plainlyShown);
};

export const projectProxy: Projector = (db, resource) => {
  const proxy = toProxy(resource);
  if (!proxy.ok) return proxy;
  saveProxy(db, proxy.value);
  return ok(plainlyShown);
};

/** A row of staff is a role and the person in it: it waits for the person for ever, because names change. */
export const projectStaffRole: Projector = (db, resource) => {
  const role = toStaffRole(resource);
  if (!role.ok) return role;
  const { practitionerId } = role.value;
  const body = findResource(db, 'Practitioner', practitionerId)?.body;
  const parsed = body === undefined ? undefined : readResource(body);
  const person = parsed?.ok ? toPractitioner(parsed.value) : undefined;
  saveStaff(db, toStaff(role.value, person?.ok ? person.value : undefined));
  return ok({ ...plainlyShown, dependsOn: [`Practitioner/${practitionerId}`] });
};

/** Read for their names when something refers to them. */
export const checkPractitioner: Projector = (_db, resource) => {
  const person = toPractitioner(resource);
  return person.ok ? ok(plainlyShown) : person;
};

export const checkOrganisation: Projector = (_db, resource) => {
  const organisation = toOrganisationName(resource);
  return organisation.ok ? ok(plainlyShown) : organisation;
};
