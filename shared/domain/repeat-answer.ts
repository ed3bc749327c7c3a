import type { DeclineReason, MedicineDecision } from './repeat-request.ts';

/** What the patient is told of a decline when the clinician adds nothing: plain words, no blame. */
const declineWords: Record<DeclineReason, string> = {
  altchoice: 'we would like to try a different medicine',
  clarif: 'we need to check something with you first',
  drughigh: 'your blood level of it is high',
  labint: 'a blood test is needed first',
  salg: 'your record shows an allergy to it',
  sddi: 'it may not mix well with your other medicines',
  sdupther: 'you already have a medicine that does the same',
  sintol: 'it has not suited you before',
  'review-overdue': 'your medicines are due for a review, please book an appointment',
  'too-early': 'your last supply should still be enough, please ask again nearer the time',
  controlled: 'this medicine needs a talk with your GP each time',
  'not-long-term': 'it is not one of your regular medicines, please book an appointment',
};

export function declineWordsOf(reason: DeclineReason): string {
  return declineWords[reason];
}

interface NamedDecision {
  readonly medicine: string;
  readonly decision: MedicineDecision;
}

/** The answer to a repeat request, from its decisions; the prescriber sees and may change it before it is sent. */
export function repeatAnswerText(decisions: readonly NamedDecision[], patientName: string, signature: string): string {
  const approved = decisions.filter(({ decision }) => decision.decision === 'approve');
  const declined = decisions.flatMap(({ medicine, decision }) =>
    decision.decision === 'decline' ? [`• ${medicine}: ${decision.textForPatient}`] : [],
  );
  const parts = [`Kia ora ${patientName},`];
  if (approved.length > 0)
    parts.push(['We have approved your repeat prescription for:', ...approved.map(({ medicine }) => `• ${medicine}`)].join('\n'));
  if (declined.length > 0) parts.push(['We have not approved:', ...declined].join('\n'));
  parts.push(`Ngā mihi\n${signature}`);
  return parts.join('\n\n');
}
