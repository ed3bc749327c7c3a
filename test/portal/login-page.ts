import type { Account } from './accounts.ts';

function escaped(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}

function group(title: string, accounts: readonly Account[]): string {
  if (accounts.length === 0) return '';
  const buttons = accounts.map(({ id, label }) => `<li><button name="account" value="${escaped(id)}">${escaped(label)}</button></li>`);
  return `<h2>${title}</h2><ul>${buttons.join('')}</ul>`;
}

/** The test portal's sign-in page: pick a person, no password. Everybody on it is invented. */
export function loginPage(action: string, accounts: readonly Account[]): string {
  const of = (kind: Account['kind']): readonly Account[] => accounts.filter((account) => account.kind === kind);
  return `<!doctype html><html lang="en-NZ"><head><meta charset="utf-8"><title>Sign in to Kauri Street Medical Centre</title>
<style>body{font:17px/1.5 system-ui,sans-serif;max-width:34em;margin:8vh auto;padding:0 1em}ul{list-style:none;padding:0}
button{font:inherit;padding:.4em .8em;margin:.2em 0;width:100%;text-align:left}</style></head>
<body><h1>Kauri Street Medical Centre</h1><p>A portal for trying things out. Everybody here is invented; there is no password.</p>
<form method="post" action="${escaped(action)}">${group('Staff', of('staff'))}${group('Patients', of('patient'))}${group('Acting for a patient', of('proxy'))}
<h2>Not me</h2><ul><li><button name="account" value="">Cancel</button></li></ul></form></body></html>`;
}
