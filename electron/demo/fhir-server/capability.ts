import type { JsonObject } from './json.ts';
import { resourceTypes } from './resource-types.ts';
import { searchParametersOf } from './search-parameters.ts';

const interactions = ['read', 'vread', 'create', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'search-type'];

function resourceCapability(type: string): JsonObject {
  const parameters = [...searchParametersOf(type).values()];
  const includes = parameters.filter((parameter) => parameter.kind === 'reference').map((parameter) => `${type}:${parameter.name}`);
  return {
    type,
    interaction: interactions.map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalRead: 'not-match',
    conditionalUpdate: false,
    conditionalDelete: 'not-supported',
    ...(includes.length === 0 ? {} : { searchInclude: includes }),
    searchParam: [
      { name: '_id', type: 'token' },
      { name: '_lastUpdated', type: 'date' },
      ...parameters.map((parameter) => ({ name: parameter.name, type: parameter.kind })),
    ],
  };
}

/** What this server does and does not do, from the same tables that it answers with. */
export function capabilityStatement(baseUrl: string, startedAt: number, signIn: boolean): JsonObject {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: new Date(startedAt).toISOString(),
    kind: 'instance',
    software: { name: 'Portal Desk demonstration portal' },
    implementation: { description: 'A thin FHIR R4 server for the demonstration practice and for tests', url: baseUrl },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    patchFormat: ['application/json-patch+json'],
    rest: [
      {
        mode: 'server',
        security: {
          cors: false,
          ...(signIn
            ? {
                service: [
                  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }] },
                ],
              }
            : {}),
        },
        resource: [...resourceTypes].map(resourceCapability),
        interaction: [{ code: 'transaction' }, { code: 'batch' }, { code: 'history-system' }],
      },
    ],
  };
}
