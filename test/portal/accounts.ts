import { z } from 'zod';
import type { Principal } from '../../electron/demo/fhir-server/access.ts';
import { findCurrent, type PortalDatabase } from '../../electron/demo/fhir-server/database.ts';
import { Role } from '../../shared/domain/staff.schema.ts';

/** Somebody who can sign in. Accounts are named by their resource: `PractitionerRole/…`, `Patient/…`, `RelatedPerson/…`. */
export interface Account {
  readonly id: string;
  readonly label: string;
  readonly kind: 'staff' | 'patient' | 'proxy';
}

const Reference = z.object({ reference: z.string() });
const Name = z.object({ text: z.string().optional(), given: z.array(z.string()).optional(), family: z.string().optional() });
const RoleResource = z.object({
  active: z.boolean().optional(),
  practitioner: Reference,
  organization: Reference,
  code: z.array(z.object({ coding: z.array(z.object({ system: z.string().optional(), code: z.string().optional() })) })),
});
const Person = z.object({ name: z.array(Name).optional() });
const ProxyPerson = z.object({
  active: z.boolean().optional(),
  patient: Reference,
  name: z.array(Name).optional(),
  period: z.object({ end: z.string().optional() }).optional(),
});

function current<S extends z.ZodType>(database: PortalDatabase, ref: string, schema: S): z.output<S> | undefined {
  const [type = '', id = ''] = ref.split('/');
  const json = findCurrent(database, type, id)?.json;
  const parsed = json ? schema.safeParse(JSON.parse(json)) : undefined;
  return parsed?.success ? parsed.data : undefined;
}

function nameOf(person: { readonly name?: readonly z.infer<typeof Name>[] | undefined } | undefined, otherwise: string): string {
  const [name] = person?.name ?? [];
  return name?.text ?? [...(name?.given ?? []), name?.family ?? ''].join(' ').trim() ?? otherwise;
}

function rolesIn(role: z.infer<typeof RoleResource>): readonly Role[] {
  return role.code
    .flatMap((concept) => concept.coding)
    .flatMap((coding) => {
      const known = Role.safeParse(coding.system === 'urn:portaldesk:role' ? coding.code : undefined);
      return known.success ? [known.data] : [];
    });
}

/** Who a token of this account speaks for, asked anew at each request: a role or a proxy's right may have ended meanwhile. */
export function principalOf(database: PortalDatabase, accountId: string, now: number): Principal | undefined {
  if (accountId.startsWith('Patient/')) return current(database, accountId, Person) ? { kind: 'patient', patient: accountId } : undefined;
  if (accountId.startsWith('RelatedPerson/')) {
    const proxy = current(database, accountId, ProxyPerson);
    const isOver = proxy?.period?.end !== undefined && Date.parse(proxy.period.end) < now;
    if (!proxy || proxy.active === false || isOver) return undefined;
    return { kind: 'proxy', patient: proxy.patient.reference, relatedPerson: accountId };
  }
  const role = current(database, accountId, RoleResource);
  if (!role || role.active === false) return undefined;
  return {
    kind: 'staff',
    roles: rolesIn(role),
    practitioner: role.practitioner.reference,
    practitionerRole: accountId,
    organization: role.organization.reference,
  };
}

/** `fhirUser` and what else the tokens say of an account; undefined when there is none. */
export function claimsOf(
  database: PortalDatabase,
  accountId: string,
  baseUrl: string,
): { readonly fhirUser: string; readonly roles: readonly string[] } | undefined {
  const principal = principalOf(database, accountId, Date.now());
  if (!principal || principal.kind === 'system') return undefined;
  if (principal.kind !== 'staff') return { fhirUser: `${baseUrl}/${accountId}`, roles: [] };
  return { fhirUser: `${baseUrl}/${principal.practitioner ?? accountId}`, roles: principal.roles };
}

function idsOf(database: PortalDatabase, type: string, limit: number): readonly string[] {
  const rows = database
    .prepare<[string, number], { id: string }>('SELECT id FROM res WHERE type = ? AND deleted = 0 ORDER BY rid LIMIT ?')
    .all(type, limit);
  return rows.map(({ id }) => `${type}/${id}`);
}

/** Everybody who works here, a few patients and a few proxies: the login page's list. */
export function listAccounts(database: PortalDatabase): readonly Account[] {
  const staff = idsOf(database, 'PractitionerRole', 50).flatMap((id): Account[] => {
    const role = current(database, id, RoleResource);
    if (!role) return [];
    const person = current(database, role.practitioner.reference, Person);
    return [{ id, kind: 'staff', label: `${nameOf(person, id)}, ${rolesIn(role).join(', ')}` }];
  });
  const patients = idsOf(database, 'Patient', 8).map(
    (id): Account => ({ id, kind: 'patient', label: nameOf(current(database, id, Person), id) }),
  );
  const proxies = idsOf(database, 'RelatedPerson', 4).map(
    (id): Account => ({ id, kind: 'proxy', label: nameOf(current(database, id, ProxyPerson), id) }),
  );
  return [...staff, ...patients, ...proxies];
}
