import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/result.ts';

export interface TypeCapability {
  readonly updateCreate: boolean;
  readonly conditionalCreate: boolean;
  readonly versioned: boolean;
  readonly patch: boolean;
  readonly typeHistory: boolean;
  readonly searchParameters: readonly string[];
}

/** What a server says it can do, as a value to keep for 24 hours. It can't prove that transactions are atomic. */
export interface ServerCapabilities {
  readonly software: string | null;
  readonly types: Readonly<Record<string, TypeCapability>>;
  readonly transaction: boolean;
  /** ms since 1970. */
  readonly readAt: number;
}

export const capabilityLifeHours = 24;

const Statement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: z.string(),
  software: z.object({ name: z.string() }).optional(),
  rest: z
    .array(
      z.object({
        mode: z.string(),
        interaction: z.array(z.object({ code: z.string() })).optional(),
        resource: z
          .array(
            z.object({
              type: z.string(),
              versioning: z.string().optional(),
              updateCreate: z.boolean().optional(),
              conditionalCreate: z.boolean().optional(),
              interaction: z.array(z.object({ code: z.string() })).optional(),
              searchParam: z.array(z.object({ name: z.string() })).optional(),
            }),
          )
          .optional(),
      }),
    )
    .min(1),
});

type TypeStatement = NonNullable<z.infer<typeof Statement>['rest'][number]['resource']>[number];

function toTypeCapability(statement: TypeStatement): TypeCapability {
  const interactions = (statement.interaction ?? []).map((each) => each.code);
  return {
    updateCreate: statement.updateCreate === true,
    conditionalCreate: statement.conditionalCreate === true,
    versioned: statement.versioning === 'versioned' || statement.versioning === 'versioned-update',
    patch: interactions.includes('patch'),
    typeHistory: interactions.includes('history-type'),
    searchParameters: (statement.searchParam ?? []).map((each) => each.name),
  };
}

export type NotAPortal = { readonly detail: string };

/** Reads `/metadata`. Refused: not FHIR R4, or too little to work with (WIRE, Headers: minimum required). */
export function readCapabilities(body: unknown, now: number): Result<ServerCapabilities, NotAPortal> {
  const parsed = Statement.safeParse(body);
  if (!parsed.success) return err({ detail: 'It does not describe itself as a FHIR server.' });
  if (!parsed.data.fhirVersion.startsWith('4.0')) return err({ detail: 'It does not speak FHIR R4.' });
  const rest = parsed.data.rest.find((each) => each.mode === 'server') ?? parsed.data.rest[0];
  const types = Object.fromEntries((rest?.resource ?? []).map((each) => [each.type, toTypeCapability(each)]));
  const task = types.Task;
  if (!task || !types.Patient || !types.Communication) return err({ detail: 'It has no tasks, patients or messages.' });
  const interactions = (rest?.interaction ?? []).map((each) => each.code);
  return ok({ software: parsed.data.software?.name ?? null, types, transaction: interactions.includes('transaction'), readAt: now });
}

export function isFresh(capabilities: ServerCapabilities, now: number): boolean {
  return now - capabilities.readAt < capabilityLifeHours * 3_600_000 && now >= capabilities.readAt;
}

/** Mode P of WIRE where the server takes our ids, mode C otherwise. */
export function acceptsClientIds(capabilities: ServerCapabilities, type: string): boolean {
  return capabilities.types[type]?.updateCreate === true;
}
