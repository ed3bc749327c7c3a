import { Buffer } from 'node:buffer';
import { ok } from '../../../shared/result.ts';
import { systems } from '../mappers/datatype-accessors.ts';
import { createEntry, type ToEntries } from './request-entry.ts';

/** The practice's policy as a Library (WIRE, Triage Task): a draft is in force for nobody. */
export const draftPolicyEntries: ToEntries<'draft-policy'> = (writing, { draftId, policy, reason }) => {
  const { queued, context } = writing;
  return ok([
    createEntry(writing, 'Library', draftId, queued.opId, {
      identifier: [
        { system: systems.op, value: queued.opId },
        { system: systems.policy, value: context.organisationRef.slice('Organization/'.length) },
      ],
      status: 'draft',
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'asset-collection' }] },
      date: queued.createdAt,
      purpose: reason,
      content: [{ contentType: 'application/json', data: Buffer.from(JSON.stringify(policy)).toString('base64') }],
    }),
  ]);
};
