import { config } from 'zod';

// Imported before any schema is made: zod otherwise tries `new Function` once, which the content security policy reports as a violation.
config({ jitless: true });
