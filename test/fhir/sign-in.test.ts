import { beforeAll, describe, expect, test } from 'vitest';

import { findPractitionerIdentity } from '../../electron/fhir/sign-in/practitioner-identity.ts';

import type { Portal } from '../portal/start-portal.ts';
import { aPortal, clientOf } from './portal-client.ts';
import { attempt, refused } from './sign-in-under-test.ts';

/** What is asked for, no more and no less. */
const wanted = [
  ...['openid', 'fhirUser', 'offline_access'],
  ...['user/Patient.rs', 'user/RelatedPerson.rs', 'user/AllergyIntolerance.rs', 'user/Encounter.rs'],
  ...['user/Communication.crus', 'user/Task.crus', 'user/MedicationRequest.crus'],
  ...['user/DiagnosticReport.rus', 'user/Observation.rus', 'user/Appointment.rus', 'user/Slot.rus'],
  ...['user/PractitionerRole.rs', 'user/Practitioner.rs', 'user/Organization.rs'],
  ...['user/AuditEvent.c', 'user/Provenance.c', 'user/Binary.cr'],
];

let portal: Portal;

beforeAll(async () => {
  portal = await aPortal({ enrolled: 20, openItems: 8 });
});

describe('signing in', () => {
  test('a GP signs in through the browser; the tokens work and the role is found', async () => {
    const signed = await attempt({ portal });
    expect(signed).toMatchObject({ ok: true, value: { subject: 'PractitionerRole/role-dr-rangi', practitionerId: 'dr-rangi' } });
    const identity = await findPractitionerIdentity(await clientOf(portal), 'dr-rangi');
    expect(identity).toMatchObject({
      ok: true,
      value: {
        staff: { id: 'role-dr-rangi', role: 'gp', cpn: '99ZZRT' },
        organisationRef: 'Organization/kauri-street',
        practiceName: 'Kauri Street Medical Centre',
      },
    });
  });

  test('the browser is asked with PKCE S256, a state, a nonce and the FHIR base as audience', async () => {
    const urls: string[] = [];
    await attempt({
      portal,
      browser: (url) => {
        urls.push(url);
        return portal.signInAs('role-mere')(url);
      },
    });
    const asked = new URL(urls[0] ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('aud')).toBe(portal.baseUrl);
    expect(asked.get('resource')).toBe(portal.baseUrl);
    expect(asked.get('scope')?.split(' ')).toEqual(wanted);
    expect(asked.get('state')?.length).toBeGreaterThan(30);
    expect(asked.get('nonce')?.length).toBeGreaterThan(30);
  });

  test('a patient’s account is told that it has no role here', async () => {
    const patients = portal.effects().filter((effect) => effect.type === 'Patient');
    expect(await attempt({ portal, browser: portal.signInAs(`Patient/${patients[0]?.id}`) })).toEqual(refused('no-role'));
  });

  test('cancel on the login page, cancel in the app and silence each end it', async () => {
    expect(await attempt({ portal, browser: portal.signInAs('Patient/nobody') })).toEqual(refused('cancelled'));
    const stop = new AbortController();
    expect(await attempt({ portal, browser: () => Promise.resolve(stop.abort()), cancelled: stop.signal })).toEqual(refused('cancelled'));
    expect(await attempt({ portal, browser: () => Promise.resolve(), limitSeconds: 0.2 })).toEqual(refused('timed-out'));
  });

  test('a browser that cannot be opened is told, and nothing goes on waiting', async () => {
    const broken = (): Promise<void> => Promise.reject(new Error('no browser'));
    expect(await attempt({ portal, browser: broken })).toEqual(refused('refused'));
  });

  test('somebody else may not take over a session that is renewed', async () => {
    expect(await attempt({ portal, browser: portal.signInAs('role-mere'), expectedSubject: 'PractitionerRole/role-dr-rangi' })).toEqual(
      refused('different-user'),
    );
  });

  test('plain http to another computer, no server and no portal are each told apart', async () => {
    expect(await attempt({ portal, baseUrl: 'http://portal.example/fhir' })).toEqual(refused('refused'));
    const closed = await aPortal({ enrolled: 0 });
    await closed.close();
    expect(await attempt({ portal, baseUrl: closed.baseUrl })).toEqual(refused('no-answer'));
    expect(await attempt({ portal, baseUrl: `${portal.issuer}/nothing` })).toEqual(refused('not-a-portal'));
  });
});
