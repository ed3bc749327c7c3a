import { expect } from 'vitest';
import type { SmallPractice } from './sync-practice.ts';

export type Body = Readonly<Record<string, unknown>>;

/** What stands on the server now. */
export async function readOnServer({ server }: SmallPractice, ref: string): Promise<Body> {
  return JSON.parse(await (await fetch(`${server.baseUrl}/${ref}`)).text());
}

/** Edits a resource on the server as another system would. */
export async function editOnServer({ server }: SmallPractice, ref: string, change: (resource: Body) => Body): Promise<void> {
  const url = `${server.baseUrl}/${ref}`;
  const read = await fetch(url);
  const headers = { 'content-type': 'application/fhir+json', 'if-match': read.headers.get('etag') ?? '' };
  const written = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(change(JSON.parse(await read.text()))) });
  expect(written.status).toBe(200);
}

/** Records a resource on the server as another system would, and answers with its `Type/id`. */
export async function createOnServer({ server }: SmallPractice, resource: Body & { readonly resourceType: string }): Promise<string> {
  const headers = { 'content-type': 'application/fhir+json' };
  const url = `${server.baseUrl}/${resource.resourceType}`;
  const written = await fetch(url, { method: 'POST', headers, body: JSON.stringify(resource) });
  expect(written.status).toBe(201);
  const created: Body = JSON.parse(await written.text());
  return `${resource.resourceType}/${String(created['id'])}`;
}
