import { Buffer } from 'node:buffer';
import { type ActName, actNames, drRangi, queueAct } from './sync-acts.ts';
import { openDesk } from './sync-desk.ts';
import { pull, push } from './sync-run.ts';

// A desk in a process of its own, to be killed: node sync-child.ts BASE_URL STORE_PATH KEY_HEX ITEM_ID ACT
const [baseUrl = '', path = '', key = '', itemKey = '', actName = ''] = process.argv.slice(2);
const act: ActName | undefined = actNames.find((name) => name === actName);
if (!act) throw new Error(`No act ${actName}`);
const desk = openDesk({ baseUrl, file: { path, key: Buffer.from(key, 'hex') } });
await pull(desk);
queueAct(desk, itemKey, act, drRangi);
process.stdout.write('queued\n');
await push(desk, drRangi, true);
process.stdout.write('sent\n');
