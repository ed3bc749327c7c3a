import { gateRefusal } from '../../../shared/domain/release-rules.ts';
import { OpId } from '../../../shared/ids.schema.ts';
import { err, ok } from '../../../shared/result.ts';
import { resultOf } from '../kinds/result-view.ts';
import type { Decide } from './define-decide.ts';

export const decideReleaseResult: Decide<'release-result'> = ({ db, item, input, newId }) => {
  const result = resultOf(db, item);
  const comment = input.comment?.trim() || null;
  const refusal = gateRefusal(result.gate, { ...input, comment });
  if (refusal) return err(refusal);
  return ok({
    change: {
      kind: 'release-result',
      v: 1,
      reportId: result.reportId,
      reportName: result.name,
      measurementIds: result.measurements.map(({ id }) => id),
      comment,
      commentId: newId(),
      commentOpId: OpId.parse(newId()),
      contact: input.contact,
    },
    dropsDraft: 'release-comment',
  });
};
