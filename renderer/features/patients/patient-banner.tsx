import { clinicalDate, dayOf, longDate } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import type { ItemKey } from '../../../shared/ids.ts';
import { useQueryOf } from '../../data/queries.ts';
import { useCommands } from '../../keys/use-commands.ts';
import { Skeleton } from '../../ui/list/skeleton.tsx';
import { VisuallyHidden } from '../../ui/text/visually-hidden.tsx';
import { useNow } from '../../ui/use-now.ts';
import { patientName, readingProxies } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import { AllergyLine } from './allergy-line.tsx';
import { copyNhi } from './copy-nhi.ts';
import { DeceasedBar } from './deceased-bar.tsx';
import { Label } from './label.tsx';
import { Nhi } from './nhi.tsx';
import styles from './patient-banner.module.css';
import { ageOf, enrolmentWords, genderWords } from './patient-facts.ts';
import { SameName } from './same-name.tsx';

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
