import { Fragment, useState } from 'react';
import { Button } from '../forms/button.tsx';
import styles from './plain-text.module.css';
import { splitText } from './split-text.ts';

interface PlainTextProps {
  readonly text: string;
  /** Words to mark, as they stand in the text. */
  readonly marked?: readonly string[];
}

/** Longer texts are cut on screen until asked for: a 1 MB message must not freeze the window. */
const firstLength = 20_000;

/**
 * What a person outside wrote, as text and nothing else: no link, no markup, no picture. Signs that reorder or hide text are shown
 * as visible marks, so that what is read is what is there (SAFETY I18).
 */
export function PlainText({ text, marked = [] }: PlainTextProps) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? text : text.slice(0, firstLength);
  return (
    <>
      <p className={styles.text} dir="auto">
        {splitText(shown, marked).map((part) =>
          part.kind === 'plain' ? (
            <Fragment key={part.at}>{part.text}</Fragment>
          ) : part.kind === 'marked' ? (
            <mark key={part.at} className={styles.marked}>
              {part.text}
            </mark>
          ) : (
            <span key={part.at} className={styles.control} title={part.text}>
              {part.text}
            </span>
          ),
        )}
      </p>
      {shown.length < text.length && (
        <Button look="quiet" onPress={() => setWhole(true)}>
          {`Show all ${text.length.toLocaleString('en-NZ')} characters`}
        </Button>
      )}
    </>
  );
}
