import type { JsonObject } from './json.ts';

/** Why a request was refused, in the terms of an OperationOutcome: HTTP status, FHIR issue type, and words for a person. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where in the request, for example `Bundle.entry[3]`. */
  readonly expression?: string;
}

/** Throws, because better-sqlite3 rolls a transaction back only on a throw; `problemOf` reads it at the boundary. */
export function refuse(status: number, code: string, text: string, more: Pick<Problem, 'headers' | 'expression'> = {}): never {
  throw asError({ status, code, text, ...more });
}

export function asError(problem: Problem): Error & { readonly problem: Problem } {
  return Object.assign(new Error(problem.text), { problem });
}

function carriesProblem(error: unknown): error is Error & { readonly problem: Problem } {
  return error instanceof Error && 'problem' in error;
}

/** The problem an error carries; undefined for a bug. */
export function problemOf(error: unknown): Problem | undefined {
  return carriesProblem(error) ? error.problem : undefined;
}

export function operationOutcome(problem: Problem, severity: 'error' | 'information' = 'error'): JsonObject {
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity,
        code: problem.code,
        details: { text: problem.text },
        diagnostics: problem.text,
        ...(problem.expression ? { expression: [problem.expression] } : {}),
      },
    ],
  };
}
