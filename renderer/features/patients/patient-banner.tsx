import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { ageText, clinicalDate, dayOf, longDate } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Allergies, Patient } from '../../../shared/domain/patient.ts';
import type { Day, ItemKey } from '../../../shared/ids.ts';
import { keysOf } from '../../commands.ts';
import { callShell } from '../../data/api.ts';
import { useQueryOf } from '../../data/queries.ts';
import { runCommand, useCommands } from '../../keys/use-commands.ts';
import { Skeleton } from '../../ui/list/skeleton.tsx';
import { showToast } from '../../ui/overlays/toast.tsx';
import { Hint } from '../../ui/overlays/tooltip.tsx';
import { Pill } from '../../ui/text/pill.tsx';
import { VisuallyHidden } from '../../ui/text/visually-hidden.tsx';
import { useNow } from '../../ui/use-now.ts';
import { patientName, readingProxies } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './patient-banner.module.css';

/** Who this is about, over everything that is read or done. Never scrolls away (UI, Patient banner). */
export function PatientBanner({ itemKey }: { readonly itemKey: ItemKey }) {
  const { data, error } = useQueryOf('items.detail', { itemKey });
  return (
    <section className={styles.banner} data-pane="banner" aria-label="Patient" tabIndex={-1}>
      {data ? data.patient ? <Known patient={data.patient} /> : <Unmatched detail={data} /> : !error && <Skeleton lines={2} width="60%" />}
      <p aria-live="polite">
        <VisuallyHidden>{data?.patient ? spokenName(data.patient) : ''}</VisuallyHidden>
      </p>
    </section>
  );
}

function spokenName(patient: Patient): string {
  const born = patient.bornOn === null ? 'date of birth not known' : `born ${longDate(patient.bornOn)}`;
  return `Patient ${patient.givenNames} ${patient.familyName}, ${born}${patient.deceased.is ? ', has died' : ''}`;
}

function Unmatched({ detail: { item } }: { readonly detail: ItemDetail }) {
  return (
    <div className={styles.line}>
      <p className={styles.name}>{item.familyName === '' ? 'Sender not matched' : patientName(item)}</p>
      <p className={styles.warning}>▲ Not matched to a patient. Nothing can be sent.</p>
    </div>
  );
}

function Known({ patient }: { readonly patient: Patient }) {
  const proxies = readingProxies(patient);
  useCommands({
    'patient.copy-nhi': patient.nhi === null ? { unavailable: 'This patient’s NHI is not known.' } : () => void copyNhi(patient.nhi),
  });
  return (
    <>
      <DeceasedBar patient={patient} />
      <div className={styles.line}>
        <p className={styles.name}>
          {patientName(patient)}
          {patient.title && ` (${patient.title})`}
        </p>
        <Born patient={patient} />
        <Label name="Gender">{genderWords[patient.gender]}</Label>
        <Nhi patient={patient} />
      </div>
      <div className={styles.line}>
        {patient.preferredName !== null && <Label name="Preferred name">{patient.preferredName}</Label>}
        <Label name="Enrolled">{enrolmentWords(patient)}</Label>
        <Label name="Phone">{patient.phone ?? 'Not known'}</Label>
        <Label name="Interpreter">{patient.interpreter ?? 'Not known'}</Label>
        {proxies.length > 0 && <Label name="Also read by">{proxies.join(', ')}</Label>}
        {patient.restricted && <p className={styles.warning}>▲ Restricted record</p>}
      </div>
      <div className={styles.line}>
        <AllergyLine allergies={patient.allergies} />
        {patient.alerts.length > 0 && (
          <Label name={patient.alerts.length === 1 ? 'Alert' : `Alerts ${patient.alerts.length}`}>{patient.alerts.join(' · ')}</Label>
        )}
        <SameName patient={patient} />
      </div>
    </>
  );
}

/** Day of birth and age, as it is written and as it is read aloud. */
function Born({ patient: { bornOn, deceased } }: { readonly patient: Patient }) {
  const today = dayOf(useNow(60_000), practiceZone);
  if (bornOn === null) return <Label name="Born">Not known</Label>;
  const age = deceased.is ? null : ageOf({ bornOn }, today);
  return (
    <Label name="Born">
      <span aria-hidden="true">
        {clinicalDate(bornOn)}
        {age !== null && ` (${age})`}
      </span>
      <VisuallyHidden>
        {longDate(bornOn)}
        {age !== null && `, age ${age}`}
      </VisuallyHidden>
    </Label>
  );
}

/** "Died 02-Sep-2026 (age 81y)". */
function DeceasedBar({ patient }: { readonly patient: Patient }) {
  if (!patient.deceased.is) return null;
  const day = dayOfDeath(patient);
  return (
    <p className={styles.deceased}>
      Died {day === null ? 'on a day that is not known' : clinicalDate(day)}
      {day !== null && patient.bornOn !== null && ` (age ${ageText(patient.bornOn, day)})`}
      <span className={styles.deceasedHint}> · nothing can be sent, approved or released</span>
    </p>
  );
}

/** Seven characters, no spaces; a press copies. A number that fails its check is shown and marked (NZ-FACTS 3.1). */
function Nhi({ patient }: { readonly patient: Pick<Patient, 'nhi' | 'nhiCheck'> }) {
  return (
    <Label name="NHI">
      {patient.nhi === null ? (
        'Not known'
      ) : (
        <Hint text="Copy NHI" keys={keysOf('patient.copy-nhi')}>
          <Button className={styles.nhi ?? ''} onPress={() => runCommand('patient.copy-nhi')} aria-label={`NHI ${patient.nhi}, copy`}>
            {patient.nhi}
          </Button>
        </Hint>
      )}{' '}
      {patient.nhiCheck === 'fails-check' && <Pill tone="warn">Check digit fails</Pill>}
    </Label>
  );
}

/** A labelled value on one line; no colon (UI, Patient banner). */
function Label({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <p>
      <span className={styles.label}>{name}</span> <span className={styles.value}>{children}</span>
    </p>
  );
}

/** Always there: a list, "No known allergies", or the warning that nobody wrote it down (UI, Patient banner). */
function AllergyLine({ allergies }: { readonly allergies: Allergies }) {
  switch (allergies.status) {
    case 'recorded':
      return (
        <p className={styles.allergies}>
          <span aria-hidden="true">▲</span> Allergies{' '}
          {allergies.items.map(({ substance, reaction, severe }, place) => (
            <span key={substance} className={severe ? styles.severe : undefined}>
              {place > 0 && ' · '}
              {substance}
              {reaction !== null && ` (${reaction})`}
            </span>
          ))}
        </p>
      );
    case 'none-known':
      return <p className={styles.noneKnown}>No known allergies</p>;
    case 'not-recorded':
      return (
        <p className={styles.notRecorded}>
          <span aria-hidden="true">▲</span> Allergies not recorded
        </p>
      );
  }
}

const enoughRows = 50;

/** Says so when another patient of this name has work here. */
function SameName({ patient }: { readonly patient: Patient }) {
  const text = `${patient.familyName} ${patient.givenNames.split(' ')[0] ?? ''}`.trim();
  const { data } = useQueryOf('inbox.search', { text: text.slice(0, 200), limit: enoughRows }, { enabled: text !== '' });
  const others = (data?.rows ?? []).filter((row) => row.patientId !== null && row.patientId !== patient.id && isSameName(row, patient));
  const nhis = [...new Set(others.map((row) => row.nhi ?? 'not known'))];
  if (nhis.length === 0) return null;
  return (
    <p className={styles.sameName}>
      <Users size={13} aria-hidden="true" /> Same name as NHI {nhis.join(', ')}. Check which one.
    </p>
  );
}

/** Puts an NHI on the clipboard and says so. */
async function copyNhi(nhi: string | null): Promise<void> {
  if (nhi === null) return;
  const reply = await callShell('app.copy-text', { text: nhi });
  showToast({
    id: 'copied',
    text: reply.ok ? `NHI ${nhi} copied.` : 'The clipboard did not take it. Try again.',
    tone: reply.ok ? 'neutral' : 'warn',
    until: Date.now() + 4000,
  });
}

const genderWords: Record<Patient['gender'], string> = {
  female: 'Female',
  male: 'Male',
  other: 'Another gender',
  unknown: 'Not known',
};

function ageOf({ bornOn }: Pick<Patient, 'bornOn'>, today: Day): string {
  return bornOn === null ? 'age not known' : ageText(bornOn, today);
}

/** `Yes · Dr Rangi`. */
function enrolmentWords({ enrolled, generalPractitioner }: Pick<Patient, 'enrolled' | 'generalPractitioner'>): string {
  const words = { yes: 'Yes', no: 'No', 'not-known': 'Not known' }[enrolled];
  return generalPractitioner === null ? words : `${words} · ${generalPractitioner}`;
}

/** The day of death, where the server gave one: it may be a whole instant, a day, or only a year. */
function dayOfDeath({ deceased }: Pick<Patient, 'deceased'>): Day | null {
  if (!deceased.is || deceased.at === null) return null;
  return /^\d{4}-\d{2}-\d{2}/.exec(deceased.at)?.[0] ?? null;
}

/** Same family name and same first given name: the two most easily confused (UI, Patient banner). */
function isSameName(a: Pick<Patient, 'familyName' | 'givenNames'>, b: Pick<Patient, 'familyName' | 'givenNames'>): boolean {
  const key = ({ familyName, givenNames }: typeof a) =>
    `${familyName} ${givenNames.split(' ')[0] ?? ''}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return key(a) === key(b);
}
