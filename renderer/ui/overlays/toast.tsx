import { useEffect, useState, useSyncExternalStore } from 'react';
import { cx } from '../cx.ts';
import { Button } from '../forms/button.tsx';
import type { Tone } from '../text/pill.tsx';
import styles from './toast.module.css';

export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly tone: Tone;
  /** Epoch ms until which it stays. */
  readonly until: number;
  /** Counted down in the text, e.g. "Sending in 8 s". */
  readonly countdown?: string | undefined;
  readonly action?: { readonly title: string; readonly keys?: string; readonly run: () => void } | undefined;
}

let toasts: readonly Toast[] = [];
const listeners = new Set<() => void>();

function setToasts(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Shows a line at the lower edge and reads it aloud. The same id replaces. At most three stand at once, the newest last. */
export function showToast(toast: Toast): void {
  setToasts([...toasts.filter((other) => other.id !== toast.id), toast].slice(-3));
}

export function dropToast(id: string): void {
  if (toasts.some((toast) => toast.id === id)) setToasts(toasts.filter((toast) => toast.id !== id));
}

/** Takes all away, at the end of a session: they name patients. */
export function dropAllToasts(): void {
  setToasts([]);
}

/** The one place where toasts stand; a polite live region. Mounted once by the frame. */
export function Toasts() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section className={styles.region} aria-label="Notifications" aria-live="polite" aria-relevant="additions">
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const [left, setLeft] = useState(() => secondsUntil(toast.until));
  useEffect(() => {
    const timer = setInterval(() => {
      const next = secondsUntil(toast.until);
      setLeft(next);
      if (next <= 0) dropToast(toast.id);
    }, 250);
    return () => clearInterval(timer);
  }, [toast.id, toast.until]);
  return (
    <div className={cx(styles.toast, styles[toast.tone])}>
      <span className={styles.text}>{toast.text}</span>
      {toast.countdown && (
        <span className={styles.countdown} aria-hidden="true">
          {toast.countdown} in {Math.max(left, 0)} s
        </span>
      )}
      {toast.action && (
        <Button look="quiet" onPress={toast.action.run} keys={toast.action.keys}>
          {toast.action.title}
        </Button>
      )}
    </div>
  );
}

function secondsUntil(until: number): number {
  return Math.ceil((until - Date.now()) / 1000);
}
