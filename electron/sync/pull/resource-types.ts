/**
 * What is pulled, in the order of a walk. Tasks come last: a row is made once, of what it shows, and not again for each thing that arrives after it.
 * The newest open work doesn't wait for that; initial-load.ts brings it before the first walk.
 */
export const pulledTypes = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Patient',
  'RelatedPerson',
  'AllergyIntolerance',
  'Encounter',
  'Observation',
  'DiagnosticReport',
  'MedicationRequest',
  'Communication',
  'Task',
] as const;

/** Key of the only scope there is so far: all that the token may see. */
export const wholeScope = 'all';
