throw new Error(
  "A test imported 'electron'. Only electron/shell, main.ts, preload.ts and core.ts may; keep the code under test free of it, or pass what it needs as a port.",
);

export {};
