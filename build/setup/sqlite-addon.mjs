import fs from 'node:fs';
import path from 'node:path';
import { ensureDebianPackages } from './debian-packages.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, pinnedNode, root } from './paths.mjs';
import { capture, SetupError, withPinnedNode } from './run.mjs';

const modules = path.join(root, 'node_modules');

/**
 * The encrypted SQLite addon for the stand-in. The package's own prebuilt one asks for Node-API 10 and crashes an Electron with Node-API 9,
 * so it is built from the package's own sources, once per machine and version (1.5 to 3 minutes).
 * @returns {Promise<string>} path of the .node file
 */
export async function ensureSqliteAddon() {
  const { version } = JSON.parse(fs.readFileSync(path.join(modules, 'better-sqlite3', 'package.json'), 'utf8'));
  const file = path.join(cacheFolder, `better-sqlite3-multiple-ciphers-${version}-napi9-${process.platform}-${process.arch}.node`);
  if (fs.existsSync(file)) return file;
  return withLock(file, async () => {
    if (fs.existsSync(file)) return file;
    await ensureDebianPackages({ display: false, compiler: true });
    console.log('Building the SQLite addon for the stand-in (about two minutes, once) …');
    const work = fs.mkdtempSync(path.join(cacheFolder, 'building-'));
    try {
      fs.copyFileSync(await build(work), `${file}.new`);
      fs.renameSync(`${file}.new`, file);
      return file;
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
  });
}

/** @param {string} work an empty folder @returns {Promise<string>} the built file */
async function build(work) {
  const source = path.join(work, 'better-sqlite3');
  fs.cpSync(path.join(modules, 'better-sqlite3'), source, { recursive: true, filter: (file) => path.basename(file) !== 'prebuilds' });
  fs.cpSync(path.join(modules, 'node-addon-api'), path.join(work, 'node_modules', 'node-addon-api'), { recursive: true });

  const headers = folderWithNodeHeaders();
  const { code, output } = await capture(
    ...withPinnedNode(
      path.join(modules, 'node-gyp', 'bin', 'node-gyp.js'),
      'rebuild',
      '--release',
      '--force_build=1',
      ...(headers ? [`--nodedir=${headers}`] : []),
    ),
    {
      cwd: source,
      env: {
        // The package sets NAPI_VERSION=10; without it, only calls of Node-API 9 and the experimental finalizers it needs are used.
        CXXFLAGS: '-UNAPI_VERSION -DNAPI_EXPERIMENTAL',
        JOBS: 'max',
        PATH: [path.dirname(pinnedNode), process.env.PATH].join(path.delimiter),
      },
    },
  );
  if (code !== 0) throw new SetupError(`The SQLite addon could not be built:\n${output.split('\n').slice(-40).join('\n')}`);
  return path.join(source, 'build', 'Release', 'better_sqlite3.node');
}

/** The headers that came with the machine's Node; without any, node-gyp would fetch them from nodejs.org. */
function folderWithNodeHeaders() {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.dirname(folder));
  const candidates = [process.env.npm_config_nodedir, ...onPath, path.dirname(path.dirname(process.execPath)), '/usr', '/usr/local'];
  return candidates.find((folder) => folder && fs.existsSync(path.join(folder, 'include', 'node', 'node_api.h')));
}
