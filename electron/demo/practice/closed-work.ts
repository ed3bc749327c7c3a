import { answer, type ClosedItem, closedTask, provenance } from './closed-item.ts';
import { coded, hl7, type Label, type Resource, referenceTo } from './fhir-parts.ts';
import { type Finding, reportResources } from './laboratory.ts';
import { anyLetter, closingReply } from './message-text.ts';
import { correspondents, type Turn, threadResources } from './messages.ts';
import { gpOf, type PracticeContext, patientReference, pharmacyOf, staffReference } from './practice-context.ts';
import { MINUTE } from './practice-time.ts';
import { medicationRequest } from './prescription.ts';
import { chooseItems, type RequestedItem } from './repeat-choice.ts';
import { itemInputs, proposals } from './repeats.ts';
import { carryOut, chooseTest, collectedBefore } from './results.ts';
import { GPS, LABORATORY, NURSES, RECEPTIONISTS } from './staff.ts';

const OUTCOMES = ['advice', 'advice', 'advice', 'appointment', 'test', 'prescription', 'referral', 'admin', 'admin'] as const;
const THANKS = ['Thank you!', 'Ngā mihi nui 🙏', 'Great, thanks for the quick answer.', 'Thanks, see you then.'] as const;

/** An answered thread and its closed Task. */
function closedMessage(context: PracticeContext, item: ClosedItem): Resource[] {
  const { random, person } = item;
  const who = correspondents(context, person, item.sender);
  const letter = anyLetter(who, random);
  const by = random.pick(letter.pool === 'gp' ? GPS : letter.pool === 'nurse' ? NURSES : RECEPTIONISTS);
  const first: Turn = { by: 'patient', at: item.at, text: letter.text, readAt: item.claimedAt };
  const readAt = Math.min(context.now - MINUTE, item.doneAt + random.between(2, 900) * MINUTE);
  const reply: Turn = { by: { staff: staffReference(by) }, at: item.doneAt, text: closingReply(letter.pool, who, random), readAt };
  const thanks: Turn = { by: 'patient', at: readAt, text: random.pick(THANKS), readAt };
  const turns: [Turn, ...Turn[]] = random.chance(0.25) ? [first, reply, thanks] : [first, reply];
  const id = `thread-closed-${item.name}`;
  const output = [{ type: { text: 'outcome' }, valueCode: random.pick(OUTCOMES) }];
  const focus = `Communication/${id}`;
  return [
    ...threadResources({ id, topic: letter.topic, person, sender: item.sender, status: 'completed', turns }, random),
    closedTask(item, { code: 'triage-message', status: 'completed', focus, pool: letter.pool, by, more: { output } }),
  ];
}

const DECLINED = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason', code: 'clarif' }],
  text: 'review-overdue',
};

/** The orders that an approval wrote, one for each proposal. */
function approvedOrders(
  context: PracticeContext,
  item: ClosedItem,
  items: readonly RequestedItem[],
  requests: readonly Resource[],
): Resource[] {
  const by = gpOf(context, item.person);
  return items.map(({ medicine, dose }, place) =>
    medicationRequest('order', false, pharmacyOf(context, item.person), {
      id: `order-closed-${item.name}-${place + 1}`,
      opId: item.random.uuid(),
      medicine,
      dose,
      subject: patientReference(item.person),
      authoredAt: item.doneAt,
      updatedAt: item.doneAt,
      restricted: item.person.restricted,
      more: {
        status: 'completed',
        requester: staffReference(by),
        basedOn: [referenceTo(`MedicationRequest/${requests[place]?.id ?? ''}`)],
      },
    }),
  );
}

/** A repeat request, approved with its orders or (one in fourteen) declined with its reason. */
function closedRepeat(context: PracticeContext, item: ClosedItem): Resource[] {
  const { random, person } = item;
  const by = gpOf(context, person);
  // Without the order they repeated: the record keeps only the newest, and that is younger than this request.
  const items = chooseItems(context, person, random, { otherBrand: false, one: random.chance(0.5) }).map(({ medicine, dose }) => ({
    medicine,
    dose,
  }));
  const declined = random.chance(0.07);
  const statusOf = () => (declined ? { status: 'cancelled', statusReason: DECLINED } : { status: 'completed' });
  const name = `proposal-closed-${item.name}`;
  const requests = proposals(context, items, { name, person, sender: item.sender, at: item.at, updatedAt: item.doneAt, statusOf }, random);
  const focus = `MedicationRequest/${name}-1`;
  const input = itemInputs(requests);
  const common = { code: 'repeat-rx', focus, pool: 'gp', by } as const;
  if (declined) {
    return [
      ...requests,
      closedTask(item, { ...common, status: 'rejected', more: { input, statusReason: DECLINED } }),
      answer(
        item,
        focus,
        by,
        'It is more than a year since we reviewed these medicines. Please book a visit; we can give you enough to last until then.',
      ),
    ];
  }
  const orders = approvedOrders(context, item, items, requests);
  const output = orders.map(({ id }) => ({ type: { text: 'order' }, valueReference: referenceTo(`MedicationRequest/${id}`) }));
  return [
    ...requests,
    ...orders,
    closedTask(item, { ...common, status: 'completed', more: { input, output } }),
    answer(item, focus, by, 'Your repeat prescription is approved and will be with your pharmacy today.'),
    provenance(item, `MedicationRequest/${orders[0]?.id ?? ''}`, by, coded('urn:portaldesk:activity', 'approve')),
  ];
}

const COMMENTS = {
  normal: ['All normal, no need to do anything. Ngā mihi', 'These are fine. See you at your next check.'],
  abnormal: [
    'Slightly out of range, nothing to worry about. Please repeat the test in three months.',
    'Please book a visit with me in the next two weeks to talk about this.',
  ],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** A reviewed report: mostly released, some with a comment, a few withheld (those still carry NOPAT). */
function closedResult(context: PracticeContext, item: ClosedItem): Resource[] {
  const { random, person } = item;
  const finding: Finding = item.urgent ? 'critical' : random.chance(0.6) ? 'normal' : 'abnormal';
  const content = carryOut(context, person, chooseTest(context, person, random, finding), finding, random);
  const by = gpOf(context, person);
  const withheld = random.chance(0.03);
  const commented = !withheld && random.chance(finding === 'normal' ? 0.2 : 0.9);
  const decision = withheld ? 'withheld' : commented ? 'released-with-comment' : 'released';
  const labels: readonly Label[] = withheld ? ['NOPAT', ...content.labels] : content.labels;
  const id = `report-closed-${item.name}`;
  const focus = `DiagnosticReport/${id}`;
  const collectedAt = collectedBefore(item.at, random);
  return [
    ...reportResources({ ...content, id, person, status: 'final', collectedAt, issuedAt: item.at, updatedAt: item.doneAt, labels }),
    closedTask(item, {
      code: 'result-review',
      status: 'completed',
      focus,
      pool: 'gp',
      by,
      requester: LABORATORY,
      more: { output: [{ type: { text: 'release-decision' }, valueCode: decision }] },
    }),
    ...(commented ? [answer(item, focus, by, random.pick(COMMENTS[finding === 'normal' ? 'normal' : 'abnormal']))] : []),
    provenance(item, focus, by, hl7('v3-DataOperation', withheld ? 'HOLD' : 'RELEASE')),
  ];
}

/** Everything that a finished piece of work left on record. */
export function closedWork(context: PracticeContext, item: ClosedItem): Resource[] {
  if (item.kind === 'message') return closedMessage(context, item);
  return item.kind === 'repeat' ? closedRepeat(context, item) : closedResult(context, item);
}
