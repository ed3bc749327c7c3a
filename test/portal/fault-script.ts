import type { Fault, FaultContext, FaultHook, FaultPoint } from '../../electron/demo/fhir-server/faults.ts';

/** Which requests a fault strikes. A write of a Bundle has no resource type; its path is ''. */
export interface FaultRule {
  readonly at: FaultPoint;
  readonly fault: Fault;
  readonly when?: (context: FaultContext) => boolean;
  /** How often; once unless told. */
  readonly times?: number;
}

export interface FaultScript {
  readonly hook: FaultHook;
  readonly add: (rule: FaultRule) => void;
  readonly clear: () => void;
  /** Faults that struck so far. */
  readonly struck: () => number;
}

export const isWrite = (context: FaultContext): boolean => context.method !== 'GET' && !context.path.endsWith('/_search');

/** Faults in the order in which they were added, each used up after its times. */
export function createFaultScript(): FaultScript {
  let rules: { readonly rule: FaultRule; left: number }[] = [];
  let struck = 0;
  return {
    hook: (point, context) => {
      const found = rules.find(({ rule, left }) => left > 0 && rule.at === point && (rule.when?.(context) ?? true));
      if (!found) return undefined;
      found.left -= 1;
      struck += 1;
      return found.rule.fault;
    },
    add: (rule) => void rules.push({ rule, left: rule.times ?? 1 }),
    clear: () => {
      rules = [];
    },
    struck: () => struck,
  };
}

/** The faults that issue 4 names, ready made. The effect of a write stands after the first two. */
export const faults = {
  answerLost: { at: 'after-commit-before-answer', when: isWrite, fault: { kind: 'drop-socket' } },
  answerCutInHalf: { at: 'after-commit-before-answer', when: isWrite, fault: { kind: 'truncate-body', bytes: 40, framing: 'close' } },
  neverArrived: { at: 'before-handling', when: isWrite, fault: { kind: 'drop-socket' } },
  tooManyRequests: { at: 'before-handling', fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '1' } } },
  unavailable: { at: 'before-handling', fault: { kind: 'answer', status: 503, headers: { 'Retry-After': '1' } } },
  badGateway: { at: 'after-commit-before-answer', when: isWrite, fault: { kind: 'answer', status: 502 } },
  stale: { at: 'before-handling', when: isWrite, fault: { kind: 'answer', status: 412 } },
  captivePortal: {
    at: 'before-handling',
    fault: {
      kind: 'answer',
      status: 200,
      headers: { 'Content-Type': 'text/html' },
      body: '<html><body>Welcome to the airport</body></html>',
    },
  },
  halfPage: { at: 'before-body', fault: { kind: 'truncate-body', bytes: 200, framing: 'close' } },
} as const satisfies Record<string, FaultRule>;
