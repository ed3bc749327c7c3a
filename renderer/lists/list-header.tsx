import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { keysOf } from '../commands.ts';
import { home, type Location, navigate } from '../data/locations.ts';
import { useCommands } from '../keys/use-commands.ts';
import { IconButton } from '../ui/forms/button.tsx';
import { KeyHint } from '../ui/text/key-hint.tsx';
import styles from './list-header.module.css';

interface ListHeaderProps {
  readonly location: Exclude<Location, { at: 'outbox' }>;
  readonly title: string;
  readonly order: string;
  readonly total: number | undefined;
  readonly onLeaveField: () => void;
}

/** A pause in typing after which the search runs. */
const pauseMs = 180;

/** Name and size of the list, and the search field. */
export function ListHeader({ location, title, order, total, onLeaveField }: ListHeaderProps) {
  const { field, typed, isSearch, onChange, onKeyDown, leave } = useSearchField(location, onLeaveField);
  return (
    <header className={styles.header}>
      <div className={styles.titles}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.order}>
          {total === undefined ? 'Loading' : `${total.toLocaleString('en-NZ')} ${total === 1 ? 'item' : 'items'}`} · {order}
        </p>
      </div>
      <search className={styles.search}>
        <Search size={14} aria-hidden="true" />
        <input
          ref={field}
          className={styles.field}
          type="text"
          aria-label="Search names, NHI and text"
          placeholder="Search"
          spellCheck={false}
          value={typed}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {isSearch ? (
          <IconButton label="Leave search" icon={<X size={14} />} onPress={leave} />
        ) : (
          <KeyHint keys={keysOf('app.search') ?? ''} />
        )}
      </search>
    </header>
  );
}

function useSearchField(location: ListHeaderProps['location'], onLeaveField: () => void) {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The view before the search, to go back to. */
  const before = useRef<Location>(home);
  const [typed, setTyped] = useState(location.at === 'search' ? location.text : '');
  const isSearch = location.at === 'search';
  useEffect(() => {
    if (location.at === 'inbox') before.current = location;
    else setTyped((text) => (document.activeElement === field.current ? text : location.text));
  }, [location]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const leave = () => {
    clearTimeout(timer.current);
    setTyped('');
    if (isSearch) navigate(before.current);
    // Where nothing was found there is no list to go to, and the next letter must not begin another search.
    field.current?.blur();
    onLeaveField();
  };
  const onChange = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    const wanted = text.trim().slice(0, 200);
    if (wanted === '') return;
    timer.current = setTimeout(() => navigate({ at: 'search', text: wanted, itemKey: null }, isSearch ? 'replace' : 'push'), pauseMs);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' || event.key === 'ArrowDown') onLeaveField();
    else return;
    event.preventDefault();
  };
  useCommands({
    'app.search': () => {
      field.current?.focus();
      field.current?.select();
    },
    ...(isSearch ? { 'app.back': leave } : {}),
  });
  return { field, typed, isSearch, onChange, onKeyDown, leave };
}
