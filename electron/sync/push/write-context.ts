import type { WriteContext } from '../../fhir/acts/request-entry.ts';
import { acceptsClientIds, isFresh, type ServerCapabilities } from '../../fhir/client/capability.ts';
import type { FhirClient } from '../../fhir/client/client.ts';
import { readResource } from '../../fhir/mappers/read-resource.ts';
import { toStaffRole } from '../../fhir/mappers/staff.ts';
import type { ReadDb } from '../../store/db.ts';
import { findResource } from '../../store/mirror/mirror.ts';

/** What to know of server and author before anything is written; undefined until both are known. Capabilities are asked for once a day. */
export function createWriteContext(client: Pick<FhirClient, 'capabilities'>, clock: { now(): number }) {
  let capabilities: ServerCapabilities | undefined;
  return async (db: ReadDb, staffId: string): Promise<WriteContext | undefined> => {
    if (!capabilities || !isFresh(capabilities, clock.now())) {
      const asked = await client.capabilities();
      if (asked.ok) capabilities = asked.value;
    }
    const known = capabilities;
    const organisationRef = organisationOf(db, staffId);
    if (!known || organisationRef === undefined) return undefined;
    return { organisationRef, acceptsClientIds: (type) => acceptsClientIds(known, type) };
  };
}

function organisationOf(db: ReadDb, staffId: string): string | undefined {
  const body = findResource(db, 'PractitionerRole', staffId)?.body;
  const resource = body === undefined ? undefined : readResource(body);
  const role = resource?.ok ? toStaffRole(resource.value) : undefined;
  return role?.ok ? (role.value.organisationRef ?? undefined) : undefined;
}
