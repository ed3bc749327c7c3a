/** Stands for orders of the patient other than those that the request is about. */
export const currentOrders = 'current-orders';

/** FHIR's elements in the user's words, as far as a triage desk meets them. */
const words: Readonly<Record<string, string>> = {
  status: 'its status',
  owner: 'who has it',
  performerType: 'its team',
  priority: 'its priority',
  for: 'the patient',
  subject: 'the patient',
  patient: 'the patient',
  focus: 'what it is about',
  output: 'its outcome',
  restriction: 'when it is due',
  medicationCodeableConcept: 'the medicine',
  dosageInstruction: 'the dose',
  dispenseRequest: 'the supply',
  result: 'the measurements',
  conclusion: 'the conclusion',
  valueQuantity: 'a value',
  interpretation: 'a flag',
  'meta.security': 'who may see it',
  [currentOrders]: 'what the patient is ordered',
};

/** Where writes go one by one, a change can stop half way: whoever gives it up or does it again must know. */
export const partlyDone = 'Part of it is on the portal already.';

/** For the outbox: what somebody else changed after this was decided, and whether any of it was sent. */
export function conflictWords(ref: string, elements: readonly string[], isPartlyDone: boolean): string {
  const found = [...new Set(elements.map((element) => words[element]).filter((word) => word !== undefined))];
  const what = found.length > 0 ? found.join(', ') : (whatByType[ref.split('/')[0] ?? ''] ?? 'the item');
  return `Somebody changed ${what} after you decided. ${isPartlyDone ? partlyDone : 'Nothing was sent.'}`;
}

const whatByType: Readonly<Record<string, string>> = {
  Task: 'the item',
  MedicationRequest: 'the request',
  DiagnosticReport: 'the result',
  Observation: 'a measurement',
  Patient: 'the patient’s record',
  Communication: 'the conversation',
  AllergyIntolerance: 'the patient’s allergies',
  RelatedPerson: 'who can read it',
};
