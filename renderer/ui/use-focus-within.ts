import { type FocusEvent, useState } from 'react';

interface FocusWithin {
  readonly isWithin: boolean;
  readonly props: { readonly onFocus: () => void; readonly onBlur: (event: FocusEvent) => void };
}

/** Whether the focus is inside an element: spread `props` on it. */
export function useFocusWithin(): FocusWithin {
  const [isWithin, setWithin] = useState(false);
  return {
    isWithin,
    props: {
      onFocus: () => setWithin(true),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setWithin(false);
      },
    },
  };
}
