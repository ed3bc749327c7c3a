import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readAnswer, retryAfterSeconds, versionIn } from '../../electron/fhir/client/answer.ts';
import { headerOf, readPage, rebase } from '../../electron/fhir/client/bundle.ts';
import { readCapabilities } from '../../electron/fhir/client/capability.ts';
import { readFetchError } from '../../electron/fhir/client/fetch-port.ts';
import { missingRights } from '../../electron/fhir/sign-in/sign-in.ts';

const now = Date.parse('2026-11-22T02:00:00Z');
const fhir = { 'content-type': 'application/fhir+json; charset=utf-8' };

function answer(status: number, body = '{}', headers: Record<string, string> = fhir, isWrite = true) {
  return readAnswer({ status, headers: new Headers(headers), body }, isWrite, now);
}

describe('what an HTTP status means', () => {
  test.each([
    [400, 'rejected'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'gone'],
    [405, 'rejected'],
    [408, 'busy'],
    [409, 'conflict'],
    [410, 'gone'],
    [412, 'conflict'],
    [413, 'rejected'],
    [415, 'rejected'],
    [422, 'rejected'],
    [428, 'rejected'],
    [429, 'busy'],
    [500, 'busy'],
    [502, 'busy'],
    [503, 'busy'],
    [504, 'busy'],
    [301, 'not-fhir'],
    [302, 'not-fhir'],
  ])('%i is %s', (status, kind) => {
    expect(answer(status)).toMatchObject({ ok: false, error: { kind } });
  });

  test.each([200, 201])('%i with FHIR JSON is good, and tells version and time', (status) => {
    const headers = { ...fhir, etag: 'W/"7"', date: 'Sun, 22 Nov 2026 02:00:00 GMT' };
    expect(answer(status, '{"resourceType":"Task"}', headers)).toMatchObject({ ok: true, value: { versionId: '7', serverTime: now } });
  });

  test('a captive portal’s page, half a body and a wrong type are not FHIR and change nothing', () => {
    expect(answer(200, '<html></html>', { 'content-type': 'text/html' })).toMatchObject({ error: { kind: 'not-fhir' } });
    expect(answer(200, '{"resourceType":"Bun')).toMatchObject({ error: { kind: 'not-fhir', sent: 'maybe' } });
    expect(answer(200, '{"resourceType":"Bun', fhir, false)).toMatchObject({ error: { kind: 'not-fhir', sent: 'no' } });
    expect(answer(200, '', fhir, false)).toMatchObject({ error: { kind: 'not-fhir' } });
  });

  test('a write that ended in a gateway’s error may have taken effect, a refused one has not', () => {
    expect(answer(502)).toMatchObject({ error: { sent: 'maybe' } });
    expect(answer(503)).toMatchObject({ error: { sent: 'no' } });
    expect(answer(429)).toMatchObject({ error: { sent: 'no' } });
  });

  test('the server’s own words are passed on, shortened, and a status when there are none', () => {
    const outcome = JSON.stringify({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'invalid', details: { text: 'x'.repeat(400) } }],
    });
    expect(answer(422, outcome)).toMatchObject({ error: { issue: 'x'.repeat(300) } });
    expect(answer(422, 'no json')).toMatchObject({ error: { issue: 'The server answered 422.' } });
  });

  test.each([
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': 'Sun, 22 Nov 2026 02:00:30 GMT' }, 30],
    [{ 'retry-after': 'Sun, 22 Nov 2020 02:00:30 GMT' }, 0],
    [{ 'retry-after': '99999999' }, 3600],
    [{ 'retry-after': 'soon' }, null],
    [{ ratelimit: '"requests";r=0;t=60' }, 60],
    [{}, null],
  ])('%o asks to wait %s seconds', (headers, seconds) => {
    expect(retryAfterSeconds(new Headers(headers as Record<string, string>), now)).toBe(seconds);
  });

  test('a version is read from a weak, strong or bare ETag, and nothing else passes for one', () => {
    expect(['W/"3"', '"3"', '3', 'W/"a-b.c"', '"a b"', '', null].map(versionIn)).toEqual(['3', '3', '3', 'a-b.c', null, null, null]);
  });

  test('an error on the way out was not sent; one on the way back may have been', () => {
    const failed = (code: string) =>
      readFetchError(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code }) }));
    expect(['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'ECONNRESET', 'UND_ERR_SOCKET'].map((code) => failed(code).sent)).toEqual([
      'no',
      'no',
      'no',
      'maybe',
      'maybe',
    ]);
    expect(readFetchError(new Error('net::ERR_INTERNET_DISCONNECTED'))).toMatchObject({ sent: 'no', code: 'ERR_INTERNET_DISCONNECTED' });
    expect(failed('CERT_HAS_EXPIRED').isCertificate).toBe(true);
  });
});

describe('reading a page', () => {
  const base = 'https://portal.example/fhir';
  const page = (more: object): string => JSON.stringify({ resourceType: 'Bundle', type: 'searchset', ...more });
  const next = (url: string) => readPage(page({ link: [{ relation: 'next', url }] }), base);

  test.each([
    ['https://portal.example/fhir/Task?_page=2', 'https://portal.example/fhir/Task?_page=2'],
    ['/fhir/Task?_page=2', 'https://portal.example/fhir/Task?_page=2'],
    ['Task?_page=2', 'https://portal.example/fhir/Task?_page=2'],
    ['https://portal.example/fhir?_getpages=1', 'https://portal.example/fhir?_getpages=1'],
  ])('the next link %s is followed on our own base', (url, expected) => {
    expect(next(url)).toMatchObject({ ok: true, value: { next: expected } });
  });

  test.each([
    'https://evil.example/fhir/Task?_page=2',
    'https://portal.example.evil.example/fhir/Task',
    'https://portal.example@evil.example/fhir/Task',
    'https://user:password@portal.example/fhir/Task',
    '//evil.example/fhir/Task',
    'https://portal.example/other/Task',
    'https://portal.example/fhir/../admin',
    'https://portal.example/fhirx/Task',
    'http://portal.example/fhir/Task',
    'https://portal.example:444/fhir/Task',
    'file:///fhir/Task',
    'javascript:alert(1)',
  ])('the next link %s is refused: a token would leak', (url) => {
    expect(next(url)).toEqual({ ok: false, error: { detail: 'foreign next link' } });
  });

  test('behind a proxy a link may name the internal host that was configured, and is asked for at ours', () => {
    expect(rebase('http://internal:8080/fhir/Task?_page=2', base, ['http://internal:8080'])).toBe(
      'https://portal.example/fhir/Task?_page=2',
    );
  });

  test('a bad entry spoils only itself; each text is as received', () => {
    const text = `{"resourceType":"Bundle","type":"searchset","total":3,"entry":[{"resource":{"resourceType":"Task","id":"a","x":1.10}},{"resource":{"id":"b","id":"c"}},{"search":{"mode":"include"},"resource":{"resourceType":"Patient"}}]}`;
    expect(readPage(text, base)).toMatchObject({
      ok: true,
      value: {
        total: 3,
        next: null,
        hasLinks: false,
        entries: [{ text: '{"resourceType":"Task","id":"a","x":1.10}' }, { text: '{"id":"b","id":"c"}' }, { mode: 'include' }],
      },
    });
  });

  test('a page cut anywhere is never taken for a whole one', () => {
    const text = page({
      link: [{ relation: 'next', url: 'Task?_page=2' }],
      entry: [1, 2].map((id) => ({
        resource: { resourceType: 'Task', id: `t${id}`, note: [{ text: 'a } b ] "' }] },
        search: { mode: 'match' },
      })),
    });
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        expect(readPage(text.slice(0, length), base).ok).toBe(false);
      }),
      { numRuns: text.length },
    );
    expect(readPage(text, base).ok).toBe(true);
  });

  test('a server that ignored a filter is found out by its self link', () => {
    const self = (url: string) => readPage(page({ link: [{ relation: 'self', url }] }), base, ['code', 'status']);
    expect(self('https://portal.example/fhir/Task?code=x&status=y')).toMatchObject({ ok: true });
    expect(self('https://portal.example/fhir/Task?status=y')).toEqual({ ok: false, error: { detail: 'filters were ignored' } });
  });

  test('a resource that is no stored version has no header', () => {
    expect(headerOf('{"resourceType":"Task","id":"a","meta":{"versionId":"3","lastUpdated":"2026-11-22T02:00:00Z"}}')).toMatchObject({
      ref: 'Task/a',
      versionId: '3',
    });
    expect(headerOf('{"resourceType":"Task","id":"a"}')).toBeUndefined();
    expect(headerOf('{"resourceType":"Task","id":"../x","meta":{"versionId":"3","lastUpdated":"2026-11-22T02:00:00Z"}}')).toBeUndefined();
  });
});

describe('what a server may and can do', () => {
  test('SMART v2 and v1 scopes are understood, and what is missing is named', () => {
    expect(missingRights('user/Patient.rs user/Communication.crus user/Task.crus user/PractitionerRole.rs')).toEqual([]);
    expect(missingRights('openid user/*.*')).toEqual([]);
    expect(missingRights('user/*.read user/*.write')).toEqual([]);
    expect(missingRights('user/*.read')).toEqual(['Communication', 'Task']);
    expect(missingRights('patient/*.*')).toEqual(['Patient', 'Communication', 'Task', 'PractitionerRole']);
    expect(missingRights('openid fhirUser')).toEqual([]);
  });

  test('a server of another FHIR version, or none, is not a portal', () => {
    const rest = [{ mode: 'server', resource: ['Task', 'Patient', 'Communication'].map((type) => ({ type, updateCreate: true })) }];
    expect(readCapabilities({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest }, now)).toMatchObject({ ok: true });
    expect(readCapabilities({ resourceType: 'CapabilityStatement', fhirVersion: '5.0.0', rest }, now)).toMatchObject({ ok: false });
    expect(readCapabilities({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ mode: 'server' }] }, now)).toMatchObject({
      ok: false,
    });
    expect(readCapabilities('<html>', now)).toMatchObject({ ok: false });
  });
});
