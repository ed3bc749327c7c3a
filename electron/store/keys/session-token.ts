import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/**
 * The refresh token. `in-flight`: it was sent and the answer is not here yet; found so at start, the answer was lost and the token may be
 * spent, so it is never sent again. `dead`: the server refused it.
 */
const SessionToken = z.object({
  refreshToken: z.string().nullable(),
  tokenEndpoint: z.string(),
  revocationEndpoint: z.string().nullable(),
  scope: z.string(),
  state: z.enum(['usable', 'in-flight', 'dead']),
  updatedAt: z.string(),
});
export type SessionToken = Readonly<z.infer<typeof SessionToken>>;

const findSessionTokenSql =
  defineStatement(`SELECT refresh_token AS refreshToken, token_endpoint AS tokenEndpoint, revocation_endpoint AS revocationEndpoint, scope, state,
         updated_at AS updatedAt FROM session_token`);

export function findSessionToken(db: ReadDb): SessionToken | undefined {
  const row = db.read(findSessionTokenSql).get();
  return SessionToken.optional().parse(row);
}

const saveSessionTokenSql =
  defineStatement(`INSERT INTO session_token (one, refresh_token, token_endpoint, revocation_endpoint, scope, state, updated_at)
     VALUES (1, :refreshToken, :tokenEndpoint, :revocationEndpoint, :scope, 'usable', :updatedAt)
     ON CONFLICT (one) DO UPDATE SET refresh_token = excluded.refresh_token, token_endpoint = excluded.token_endpoint,
       revocation_endpoint = excluded.revocation_endpoint, scope = excluded.scope, state = excluded.state, updated_at = excluded.updated_at`);

export function saveSessionToken(db: WriteDb, token: Omit<SessionToken, 'state'>): void {
  db.write(saveSessionTokenSql).run({ ...token });
}

const markTokenInFlightSql = defineStatement(
  "UPDATE session_token SET state = 'in-flight', updated_at = :updatedAt WHERE state = 'usable'",
);

export function markTokenInFlight(db: WriteDb, updatedAt: string): void {
  db.write(markTokenInFlightSql).run({ updatedAt });
}

const markTokenDeadSql = defineStatement("UPDATE session_token SET state = 'dead', refresh_token = NULL, updated_at = :updatedAt");

/** Also at sign-out: the token's text is overwritten (secure_delete). */
export function markTokenDead(db: WriteDb, updatedAt: string): void {
  db.write(markTokenDeadSql).run({ updatedAt });
}
