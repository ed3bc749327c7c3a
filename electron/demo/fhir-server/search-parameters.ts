type SearchKind = 'token' | 'reference' | 'string' | 'date' | 'uri';

export interface SearchParameter {
  readonly name: string;
  readonly kind: SearchKind;
  /** Where the values are: dotted paths from the resource. */
  readonly paths: readonly string[];
  /** For references: only those to this type. For contact points: only those of this system. */
  readonly only?: string;
}

/** Per kind, words of the form `name`, `name=path`, `name=path,path` or `name=path:only`. */
type Definition = Partial<Record<SearchKind, string>>;

const address =
  'address address-city=address.city address-country=address.country address-postalcode=address.postalCode address-state=address.state';
const contact = 'telecom phone=telecom:phone email=telecom:email address-use=address.use';
const ofSubject = 'subject patient=subject:Patient encounter';
const basic: Definition = { token: 'identifier status', reference: 'subject patient=patient,subject:Patient' };

/** Search parameters as FHIR R4 defines them (https://hl7.org/fhir/R4/searchparameter-registry.html), for the types a portal uses. */
const definitions: Readonly<Record<string, Definition>> = {
  Patient: {
    token: `active gender identifier language=communication.language ${contact}`,
    string: `name family=name.family given=name.given phonetic=name ${address}`,
    date: 'birthdate=birthDate death-date=deceasedDateTime',
    reference: 'general-practitioner=generalPractitioner organization=managingOrganization link=link.other',
  },
  Practitioner: {
    token: `active gender identifier communication ${contact}`,
    string: `name family=name.family given=name.given phonetic=name ${address}`,
  },
  PractitionerRole: {
    token: 'active identifier role=code specialty telecom phone=telecom:phone email=telecom:email',
    reference: 'practitioner organization location service=healthcareService endpoint',
    date: 'date=period',
  },
  Organization: {
    token: 'active identifier type address-use=address.use',
    string: `name=name,alias phonetic=name ${address}`,
    reference: 'partof=partOf endpoint',
  },
  Location: {
    token: 'identifier status type operational-status=operationalStatus address-use=address.use',
    string: `name=name,alias ${address}`,
    reference: 'organization=managingOrganization partof=partOf endpoint',
  },
  RelatedPerson: {
    token: `active gender identifier relationship ${contact}`,
    string: `name phonetic=name ${address}`,
    date: 'birthdate=birthDate',
    reference: 'patient',
  },
  Communication: {
    token: 'identifier status category medium',
    reference: `${ofSubject} sender recipient part-of=partOf based-on=basedOn`,
    date: 'sent received',
    uri: 'instantiates-canonical=instantiatesCanonical instantiates-uri=instantiatesUri',
  },
  Task: {
    token: 'identifier status code intent priority performer=performerType business-status=businessStatus group-identifier=groupIdentifier',
    reference: 'owner requester focus subject=for patient=for:Patient encounter part-of=partOf based-on=basedOn',
    date: 'authored-on=authoredOn modified=lastModified period=executionPeriod',
  },
  MedicationRequest: {
    token: 'identifier status intent priority category code=medicationCodeableConcept intended-performertype=performerType',
    reference: `${ofSubject} requester medication=medicationReference intended-performer=performer intended-dispenser=dispenseRequest.performer`,
    date: 'authoredon=authoredOn date=dosageInstruction.timing.event',
  },
  DiagnosticReport: {
    token: 'identifier status code category conclusion=conclusionCode',
    reference: `${ofSubject} performer result results-interpreter=resultsInterpreter specimen based-on=basedOn media=media.link`,
    date: 'date=effectiveDateTime,effectivePeriod issued',
  },
  Observation: {
    token:
      'identifier status code category method combo-code=code,component.code component-code=component.code data-absent-reason=dataAbsentReason value-concept=valueCodeableConcept',
    reference: `${ofSubject} performer specimen device focus has-member=hasMember derived-from=derivedFrom part-of=partOf based-on=basedOn`,
    date: 'date=effectiveDateTime,effectivePeriod,effectiveInstant value-date=valueDateTime,valuePeriod',
    string: 'value-string=valueString,valueCodeableConcept.text',
  },
  Appointment: {
    token:
      'identifier status appointment-type=appointmentType service-category=serviceCategory service-type=serviceType specialty reason-code=reasonCode part-status=participant.status',
    reference:
      'actor=participant.actor patient=participant.actor:Patient practitioner=participant.actor:Practitioner location=participant.actor:Location slot based-on=basedOn supporting-info=supportingInformation reason-reference=reasonReference',
    date: 'date=start',
  },
  Slot: {
    token: 'identifier status specialty appointment-type=appointmentType service-category=serviceCategory service-type=serviceType',
    reference: 'schedule',
    date: 'start',
  },
  AllergyIntolerance: {
    token:
      'identifier type category criticality code=code,reaction.substance clinical-status=clinicalStatus verification-status=verificationStatus severity=reaction.severity manifestation=reaction.manifestation',
    reference: 'patient asserter recorder',
    date: 'date=recordedDate onset=reaction.onset last-date=lastOccurrence',
  },
  Condition: {
    token:
      'identifier code category severity clinical-status=clinicalStatus verification-status=verificationStatus body-site=bodySite evidence=evidence.code',
    reference: `${ofSubject} asserter evidence-detail=evidence.detail`,
    date: 'recorded-date=recordedDate onset-date=onsetDateTime,onsetPeriod abatement-date=abatementDateTime,abatementPeriod',
    string: 'onset-info=onsetString abatement-string=abatementString',
  },
  Encounter: {
    token: 'identifier status class type reason-code=reasonCode participant-type=participant.type',
    reference:
      'subject patient=subject:Patient participant=participant.individual practitioner=participant.individual:Practitioner location=location.location appointment service-provider=serviceProvider part-of=partOf diagnosis=diagnosis.condition reason-reference=reasonReference',
    date: 'date=period location-period=location.period',
  },
  Consent: {
    token: 'identifier status scope category action=provision.action purpose=provision.purpose security-label=provision.securityLabel',
    reference:
      'patient organization consentor=performer actor=provision.actor.reference data=provision.data.reference source-reference=sourceReference',
    date: 'date=dateTime period=provision.period',
  },
  DocumentReference: {
    token:
      'identifier=masterIdentifier,identifier status type category facility=context.facilityType event=context.event setting=context.practiceSetting security-label=securityLabel contenttype=content.attachment.contentType relation=relatesTo.code',
    reference:
      'subject patient=subject:Patient author authenticator custodian encounter=context.encounter related=context.related relatesto=relatesTo.target',
    date: 'date period=context.period',
    string: 'description',
    uri: 'location=content.attachment.url',
  },
  Provenance: {
    token: 'agent-role=agent.role agent-type=agent.type signature-type=signature.type',
    reference: 'target patient=target:Patient agent=agent.who entity=entity.what location',
    date: 'recorded when=occurredDateTime',
  },
  AuditEvent: {
    token:
      'action outcome type subtype site=source.site altid=agent.altId agent-role=agent.role entity-role=entity.role entity-type=entity.type',
    reference: 'agent=agent.who entity=entity.what patient=agent.who,entity.what:Patient source=source.observer',
    date: 'date=recorded',
    string: 'address=agent.network.address agent-name=agent.name entity-name=entity.name',
    uri: 'policy=agent.policy',
  },
  Binary: {},
  Device: {
    token: 'identifier status type',
    reference: 'patient organization=owner location',
    string:
      'device-name=deviceName.name,type.coding.display,type.text manufacturer model=modelNumber udi-carrier=udiCarrier.carrierHRF udi-di=udiCarrier.deviceIdentifier',
    uri: 'url',
  },
};

/** Of every resource, whatever its type; `_id` and `_lastUpdated` are columns and not listed. */
const ofAll: Definition = { token: '_tag=meta.tag _security=meta.security', uri: '_profile=meta.profile _source=meta.source' };

function parameter(kind: SearchKind, word: string): SearchParameter {
  const [name = '', target = name] = word.split('=');
  const [paths = '', only] = target.split(':');
  return { name, kind, paths: paths.split(','), ...(only === undefined ? {} : { only }) };
}

function parametersIn(definition: Definition): readonly SearchParameter[] {
  const kinds: readonly SearchKind[] = ['token', 'reference', 'string', 'date', 'uri'];
  return kinds.flatMap((kind) =>
    (definition[kind] ?? '')
      .split(' ')
      .filter(Boolean)
      .map((word) => parameter(kind, word)),
  );
}

const parametersByType = new Map<string, ReadonlyMap<string, SearchParameter>>();

/** The search parameters of a type by name; a type without a table of its own has `identifier`, `status`, `subject` and `patient`. */
export function searchParametersOf(type: string): ReadonlyMap<string, SearchParameter> {
  const known = parametersByType.get(type);
  if (known) return known;
  const all = [...parametersIn(ofAll), ...parametersIn(definitions[type] ?? basic)];
  const byName = new Map(all.map((each) => [each.name, each]));
  parametersByType.set(type, byName);
  return byName;
}
