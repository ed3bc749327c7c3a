import { z } from 'zod';
import { SensitiveLabel, TestResult } from '../../../shared/domain/test-result.schema.ts';
import type { Instant } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { hasLabel, idIn, parseResource, systems, textOf, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, type Coding, dateTime, list, Period, Reference, toInstant } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('DiagnosticReport'),
  ...base,
  status: TestResult.shape.status,
  code: CodeableConcept,
  subject: Reference.optional(),
  effectiveDateTime: dateTime.optional(),
  effectivePeriod: Period.optional(),
  issued: dateTime.optional(),
  performer: list(Reference),
  result: list(Reference),
  conclusion: z.string().optional(),
});

export interface ReportDetail {
  readonly name: string;
  readonly collectedAt: Instant | null;
  readonly laboratory: string | null;
  /** `Organization/x`, where the laboratory comes without a name. */
  readonly laboratoryRef: string | null;
  readonly conclusion: string | null;
  readonly labels: readonly SensitiveLabel[];
  readonly measurementIds: readonly string[];
}

/** A row of `test_report`. `held`: the patient can't see it (WIRE, Result release). */
export interface ProjectedReport {
  readonly id: string;
  readonly versionId: string;
  readonly patientId: string;
  readonly status: TestResult['status'];
  readonly held: boolean;
  readonly reportedAt: Instant | null;
  readonly detail: ReportDetail;
}

export function isHeld(security: readonly Coding[]): boolean {
  return hasLabel(security, systems.actCode, 'NOPAT');
}

/** The categories that need a talk before release: sensitivity of v3-ActCode, confidentiality R or V. */
export function sensitiveLabelsOf(security: readonly Coding[]): SensitiveLabel[] {
  return security.flatMap(({ system, code }) => {
    if (system !== systems.actCode && system !== systems.confidentiality) return [];
    const label = SensitiveLabel.safeParse(code);
    return label.success ? [label.data] : [];
  });
}

/** FHIR R4 DiagnosticReport → a row of `test_report`. Unreadable: no patient, an unknown status. */
export function toReport(resource: unknown): Result<ProjectedReport, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const patientId = idIn(value.subject, 'Patient');
  if (patientId === null) return unreadable(resource, 'The result names no patient.');
  const collected = value.effectiveDateTime ?? value.effectivePeriod?.start;
  const laboratory = value.performer.find((each) => each.display !== undefined) ?? value.performer[0];
  return ok({
    id: value.id,
    versionId: value.meta.versionId,
    patientId,
    status: value.status,
    held: isHeld(value.meta.security),
    reportedAt: value.issued === undefined ? null : toInstant(value.issued),
    detail: {
      name: textOf(value.code) ?? 'Test not named',
      collectedAt: collected === undefined ? null : toInstant(collected),
      laboratory: laboratory?.display ?? null,
      laboratoryRef: laboratory?.reference ?? null,
      conclusion: value.conclusion ?? null,
      labels: sensitiveLabelsOf(value.meta.security),
      measurementIds: value.result.map((each) => idIn(each, 'Observation')).filter((id) => id !== null),
    },
  });
}
