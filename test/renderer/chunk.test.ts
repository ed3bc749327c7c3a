import { join, relative } from 'node:path';
import { build } from 'vite';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const shapes = /\.schema\.ts$|^shared\/contract\.ts$|^shared\/changes\/|^node_modules\/zod\//;

/** All that the build of the page reads, from the root: what it would shake off again, too. */
async function modulesOfThePage(): Promise<readonly string[]> {
  const modules: string[] = [];
  await build({
    configFile: join(root, 'build/vite.renderer.config.ts'),
    mode: 'production',
    build: { write: false },
    plugins: [
      {
        name: 'modules-of-the-page',
        buildEnd() {
          modules.push(...[...this.getModuleIds()].map((id) => relative(root, id)));
        },
      },
    ],
  });
  return modules;
}

test('the page holds rules and no schema', async () => {
  const modules = await modulesOfThePage();
  expect(modules).toEqual(expect.arrayContaining(['renderer/main.tsx', 'shared/domain/work-item.ts', 'shared/acts/acts.ts']));
  expect(modules.filter((module) => shapes.test(module))).toEqual([]);
});
