/** The same instant with milliseconds and `Z`, so that text order is time order. Throws RangeError for what is no instant. */
export function toSortableInstant(instant: string): string {
  return new Date(instant).toISOString();
}
