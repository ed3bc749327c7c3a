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
};

/** One sentence for the outbox: what somebody else changed after this was decided. */
export function conflictWords(ref: string, elements: readonly string[]): string {
  const found = [...new Set(elements.map((element) => words[element]).filter((word) => word !== undefined))];
  const what = found.length > 0 ? found.join(', ') : (whatByType[ref.split('/')[0] ?? ''] ?? 'the item');
  return `Somebody changed ${what} after you decided. Nothing was sent.`;
}

const whatByType: Readonly<Record<string, string>> = {
  Task: 'the item',
  MedicationRequest: 'the request',
  DiagnosticReport: 'the result',
  Observation: 'a measurement',
  Patient: 'the patient’s record',
  Communication: 'the conversation',
};
