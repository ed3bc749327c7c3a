// The measures of the architecture, counted and held: file and function length, `any`, casts, slivers.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync, Visitor } from 'vite';

const limits = { fileLines: 250, functionLines: 50, anyTypes: 0, castsPerThousandLines: 4 };
/** A ratchet: it may only fall. */
const mostSlivers = 3;
/** Fewer lines than this, for one neighbour only, are a section of that neighbour. */
const sliverLines = 40;
/** One file for each act, kind, record, list or page, found by its name: however short, it is a file. */
const registry = /(^|\/)(acts|changes|kinds|records|lists|pages)\//;
const root = fileURLToPath(new URL('..', import.meta.url));

type Span = { readonly start: number; readonly end: number };
type Measured = {
  readonly file: string;
  readonly lines: number;
  /** Files of ours, from the root. */
  readonly imports: readonly string[];
  readonly functions: readonly { readonly at: number; readonly lines: number }[];
  readonly anyTypes: readonly number[];
  readonly casts: readonly number[];
};

const sources = ['shared', 'electron', 'renderer', 'build', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);
const measured = sources.map((path) => measure(relative(root, path), readFileSync(path, 'utf8')));
const product = measured.filter(({ file }) => !isTestFile(file));
const tests = measured.filter(({ file }) => isTestFile(file));
const functionLengths = product.flatMap(({ functions }) => functions.map(({ lines }) => lines));

const slivers = sliversOf(product.filter(({ file }) => !file.startsWith('build/')));

const problems = [
  ...measured.flatMap(problemsOf),
  ...castProblem('the product', product),
  ...castProblem('the tests', tests),
  ...sliverProblem(),
];

console.log(
  `${product.length} files of ${sum(product)} lines (median ${quantile(lineCounts(product), 0.5)}), ` +
    `${functionLengths.length} functions (95 % within ${quantile(functionLengths, 0.95)} lines), ` +
    `${castRate(product).toFixed(1)} casts per 1,000 lines, ${slivers.length} slivers (limit ${mostSlivers}); ${tests.length} test files of ${sum(tests)} lines.`,
);
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 && sources.length > 0 ? 0 : 1);

function measure(file: string, source: string): Measured {
  const { program, comments, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const isCode = codeLines(source, comments);
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const linesOf = ({ start, end }: Span) => isCode.slice(lineAt(start) - 1, lineAt(end)).filter(Boolean).length;

  const functions: { at: number; lines: number }[] = [];
  const anyTypes: number[] = [];
  const casts: number[] = [];
  const imports: string[] = [];
  const onImport = (node: { readonly source: ESTree.Expression | null }) => {
    if (node.source?.type !== 'Literal' || typeof node.source.value !== 'string') return;
    if (node.source.value.startsWith('.')) imports.push(join(dirname(file), node.source.value.replace(/\?.*$/, '')));
  };
  const onFunction = (node: Span) => void functions.push({ at: lineAt(node.start), lines: linesOf(node) });
  new Visitor({
    ImportDeclaration: onImport,
    ExportNamedDeclaration: onImport,
    ExportAllDeclaration: onImport,
    ImportExpression: onImport,
    FunctionDeclaration: onFunction,
    FunctionExpression: onFunction,
    ArrowFunctionExpression: onFunction,
    TSAnyKeyword: (node) => void anyTypes.push(lineAt(node.start)),
    TSAsExpression: (node) => void (isConst(node.typeAnnotation) || casts.push(lineAt(node.start))),
    TSTypeAssertion: (node) => void casts.push(lineAt(node.start)),
    TSNonNullExpression: (node) => void casts.push(lineAt(node.start)),
  }).visit(program);
  return { file, lines: isCode.filter(Boolean).length, imports, functions, anyTypes, casts };
}

/** For each line whether it holds code, not only blanks or a comment. */
function codeLines(source: string, comments: readonly Span[]): boolean[] {
  let code = source;
  for (const { start, end } of comments) code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end);
  return code.split('\n').map((line) => line.trim() !== '');
}

function isConst(type: ESTree.TSType): boolean {
  return type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const';
}

function problemsOf({ file, lines, functions, anyTypes }: Measured): string[] {
  const isTest = isTestFile(file);
  return [
    ...(lines > limits.fileLines ? [`${file}: ${lines} lines; the limit is ${limits.fileLines}`] : []),
    ...functions
      .filter((one) => !isTest && one.lines > limits.functionLines)
      .map((one) => `${file}:${one.at}: a function of ${one.lines} lines; the limit is ${limits.functionLines}`),
    ...anyTypes.map((line) => `${file}:${line}: any`),
  ];
}

function castProblem(name: string, files: readonly Measured[]): string[] {
  if (castRate(files) <= limits.castsPerThousandLines) return [];
  const places = files.flatMap(({ file, casts }) => casts.map((line) => `  ${file}:${line}`));
  return [`${castRate(files).toFixed(1)} casts per 1,000 lines in ${name}; the limit is ${limits.castsPerThousandLines}`, ...places];
}

interface Sliver {
  readonly file: string;
  readonly lines: number;
  readonly importer: string;
}

/** Short files with one importer, which lies in the same folder. Tests don't count as importers: a section is tested through its file. */
function sliversOf(files: readonly Measured[]): readonly Sliver[] {
  return files.flatMap(({ file, lines }) => {
    if (lines >= sliverLines || registry.test(file)) return [];
    const [importer, another] = files.filter(({ imports }) => imports.includes(file)).map((one) => one.file);
    return importer !== undefined && another === undefined && dirname(importer) === dirname(file) ? [{ file, lines, importer }] : [];
  });
}

function sliverProblem(): string[] {
  if (slivers.length <= mostSlivers) return [];
  const list = slivers.map(({ file, lines, importer }) => `  ${file} (${lines} lines): only ${importer} imports it`);
  return [`${slivers.length} slivers; the limit is ${mostSlivers}`, ...list];
}

function castRate(files: readonly Measured[]): number {
  const casts = files.reduce((total, file) => total + file.casts.length, 0);
  return (casts * 1000) / Math.max(1, sum(files));
}

function lineCounts(files: readonly Measured[]): number[] {
  return files.map(({ lines }) => lines);
}

function sum(files: readonly Measured[]): number {
  return lineCounts(files).reduce((total, lines) => total + lines, 0);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

function isTestFile(file: string): boolean {
  return file.startsWith('test/') || /\.test\.tsx?$/.test(file);
}
