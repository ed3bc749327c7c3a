import type { PortalDatabase } from '../../electron/demo/fhir-server/database.ts';

/**
 * Where the sign-in server keeps its sessions, codes and tokens: one table beside the portal's own, so that a restart signs nobody out.
 * Its interface is oidc-provider's adapter (https://github.com/panva/node-oidc-provider, example/my_adapter.js).
 */
export function tokenTable(database: PortalDatabase): (model: string) => object {
  database.exec(`CREATE TABLE IF NOT EXISTS oidc (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, uid TEXT, grant_id TEXT, expires_at INTEGER, PRIMARY KEY (model, id)
  ) STRICT`);
  const find = database.prepare<object, { payload: string }>(
    'SELECT payload FROM oidc WHERE model = :model AND id = :id AND (expires_at IS NULL OR expires_at > :now)',
  );
  const findByUid = database.prepare<object, { payload: string }>('SELECT payload FROM oidc WHERE model = :model AND uid = :uid');
  const save = database.prepare<object>(
    'INSERT OR REPLACE INTO oidc (model, id, payload, uid, grant_id, expires_at) VALUES (:model, :id, :payload, :uid, :grantId, :expiresAt)',
  );
  const consume = database.prepare<object>(
    "UPDATE oidc SET payload = json_set(payload, '$.consumed', :now) WHERE model = :model AND id = :id",
  );
  const destroy = database.prepare<object>('DELETE FROM oidc WHERE model = :model AND id = :id');
  const revoke = database.prepare<object>('DELETE FROM oidc WHERE grant_id = :grantId');
  const seconds = (): number => Math.floor(Date.now() / 1000);
  const read = (row: { payload: string } | undefined): Promise<unknown> => Promise.resolve(row ? JSON.parse(row.payload) : undefined);

  return (model) => ({
    upsert: (id: string, payload: { readonly uid?: string; readonly grantId?: string }, expiresIn?: number) => {
      const { uid = null, grantId = null } = payload;
      save.run({
        model,
        id,
        payload: JSON.stringify(payload),
        uid,
        grantId,
        expiresAt: expiresIn === undefined ? null : seconds() + expiresIn,
      });
      return Promise.resolve();
    },
    find: (id: string) => read(find.get({ model, id, now: seconds() })),
    findByUid: (uid: string) => read(findByUid.get({ model, uid })),
    findByUserCode: () => Promise.resolve(undefined),
    consume: (id: string) => Promise.resolve(void consume.run({ model, id, now: seconds() })),
    destroy: (id: string) => Promise.resolve(void destroy.run({ model, id })),
    revokeByGrantId: (grantId: string) => Promise.resolve(void revoke.run({ grantId })),
  });
}
