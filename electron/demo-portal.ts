import { z } from 'zod';
import { startDemoPortal } from './demo/demo-portal.ts';

/** Entry of the demonstration portal's own process; the shell tells it once where to keep its file and answers follow by HTTP. */
const Start = z.object({ databasePath: z.string(), sqliteBinding: z.string().nullable(), now: z.iso.datetime() });

process.parentPort.once('message', ({ data }) => {
  const { databasePath, sqliteBinding, now } = Start.parse(data);
  void startDemoPortal({ databasePath, nativeBinding: sqliteBinding, now: new Date(now) }).then(({ portal }) =>
    process.parentPort.postMessage(portal),
  );
});
