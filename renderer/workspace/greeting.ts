const titles = /^(?:dr|mr|mrs|ms|miss|mx|nurse)\.?\s+/iu;

/** `Mōrena, Mere` until noon, then `Kia ora, Mere` (UI, Wording). `hour` of the practice's wall clock. */
export function greeting(name: string, hour: number): string {
  const [first = name] = name.replace(titles, '').split(' ');
  return `${hour < 12 ? 'Mōrena' : 'Kia ora'}, ${first}`;
}
