import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestorsOf,
  type CategoryEdge,
  type CategoryTree,
  depthOf,
  fullName,
  levelCount,
  nodesAtLevel,
  pathOf,
  treeFromEdges,
  treeFromPaths,
} from './category-tree.ts';

const products = ['mug', 'lamp', 'gift card', 'tent', 'lantern'];
const rows = [
  { product: 'mug', path: ['Home', 'Kitchen'] },
  { product: 'lantern', path: ['Garden', 'Light'] },
  { product: 'lamp', path: ['Home', 'Light'] },
  { product: 'tent', path: ['Garden'] },
  { product: 'gift card', path: [] },
];

const badInput = (message: string) =>
  expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) });

describe('treeFromPaths', () => {
  const tree = treeFromPaths(products, rows);

  it('numbers categories level by level, those of one parent together', () => {
    expect(tree).toEqual({
      names: ['Home', 'Garden', 'Kitchen', 'Light', 'Light'],
      parents: Int32Array.of(-1, -1, 0, 0, 1),
      levelStarts: Int32Array.of(0, 2, 5),
      productNodes: Int32Array.of(2, 3, -1, 1, 4),
    });
  });

  it('tells ancestors, depths, levels and full names', () => {
    expect(ancestorsOf(tree, products.indexOf('lamp'))).toEqual([3, 0]);
    expect(ancestorsOf(tree, products.indexOf('gift card'))).toEqual([]);
    expect(depthOf(tree, 1)).toBe(1);
    expect(depthOf(tree, 4)).toBe(2);
    expect(levelCount(tree)).toBe(2);
    expect([0, 1, 2, 3].map((level) => [...nodesAtLevel(tree, level)])).toEqual([[], [0, 1], [2, 3, 4], []]);
    expect([...tree.names.keys()].map((node) => fullName(tree, node))).toEqual([
      'Home',
      'Garden',
      'Home > Kitchen',
      'Home > Light',
      'Garden > Light',
    ]);
    expect(fullName(tree, 4, '/')).toBe('Garden/Light');
  });

  it('takes no products, products without categories and rows about unknown products', () => {
    const empty = {
      names: [],
      parents: Int32Array.of(),
      levelStarts: Int32Array.of(0),
      productNodes: Int32Array.of(),
    };
    expect(treeFromPaths([], [])).toEqual(empty);
    expect(treeFromPaths([], rows)).toEqual(empty);
    expect(treeFromPaths(['mug'], [])).toEqual({ ...empty, productNodes: Int32Array.of(-1) });
    expect(levelCount(treeFromPaths([], []))).toBe(0);
  });

  it('takes a product twice in the same category, not in two', () => {
    expect(treeFromPaths(products, [...rows, rows[0], { product: 'mug', path: [] }])).toEqual(tree);
    expect(() => treeFromPaths(products, [...rows, { product: 'mug', path: ['Garden', 'Light'] }])).toThrow(
      badInput('The product "mug" is in two categories, "Home > Kitchen" and "Garden > Light"'),
    );
  });

  it('refuses a category without a name', () => {
    expect(() => treeFromPaths(products, [{ product: 'mug', path: ['Home', ''] }])).toThrow(
      badInput('The product "mug" is in a category without a name'),
    );
  });
});

describe('treeFromEdges', () => {
  const edges: CategoryEdge[] = [
    { child: 'mug', parent: 'Kitchen' },
    { child: 'Kitchen', parent: 'Home' },
    { child: 'Home', parent: null },
    { child: 'lamp', parent: 'Home' },
    { child: 'gift card', parent: null },
  ];

  it('puts products under categories, whatever the order of the rows', () => {
    const tree = treeFromEdges(products, [...edges, edges[1]]);
    expect(tree).toEqual({
      names: ['Home', 'Kitchen'],
      parents: Int32Array.of(-1, 0),
      levelStarts: Int32Array.of(0, 1, 2),
      productNodes: Int32Array.of(1, 0, -1, -1, -1),
    });
    expect(treeFromEdges(products, edges.toReversed())).toEqual(tree);
  });

  it.each<[string, CategoryEdge[]]>([
    ['The product "mug" is in two categories, "Kitchen" and "Home"', [{ child: 'mug', parent: 'Home' }]],
    ['The category "Kitchen" is in two categories, "Home" and "none"', [{ child: 'Kitchen', parent: null }]],
    ['The category "Garden", which "tent" stands in, is unknown', [{ child: 'tent', parent: 'Garden' }]],
    ['The category "Garden", which "Beds" stands in, is unknown', [{ child: 'Beds', parent: 'Garden' }]],
    [
      '"lamp" is a product, so nothing can stand under it, but "Bulbs" does',
      [{ child: 'Bulbs', parent: 'lamp' }],
    ],
    ['Categories contain each other: "Loop" in "Loop"', [{ child: 'Loop', parent: 'Loop' }]],
    ['A category over or under "tent" has no name', [{ child: 'tent', parent: '' }]],
    ['A category over or under "Home" has no name', [{ child: '', parent: 'Home' }]],
  ])('refuses: %s', (message, more) => {
    expect(() => treeFromEdges(products, [...edges, ...more])).toThrow(badInput(message));
  });

  it('names the categories of a cycle, and only those', () => {
    const cycle = [
      { child: 'Below', parent: 'A' },
      { child: 'A', parent: 'B' },
      { child: 'B', parent: 'C' },
      { child: 'C', parent: 'A' },
    ];
    const thrown = expect.objectContaining({
      code: 'bad-input',
      message: expect.stringMatching(/("[ABC]" in ){3}"[ABC]"\.$/),
      details: { cycle: expect.arrayContaining(['A', 'B', 'C']) },
    });
    expect(() => treeFromEdges(products, [...edges, ...cycle])).toThrow(thrown);
  });
});

describe('both', () => {
  /** Names of the categories above each product, from the widest on. */
  const pathsOf = (tree: CategoryTree): string[][] =>
    Array.from(tree.productNodes, (node) => (node < 0 ? [] : pathOf(tree, node)));
  const path = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });

  it('keep every path, number parents first and levels in a row', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (paths, keys) => {
        const codes = paths.map((_, product) => `p${product}`);
        const fromPaths = treeFromPaths(
          codes,
          paths.map((names, product) => ({ product: codes[product], path: names })),
        );
        expect(pathsOf(fromPaths)).toEqual(paths);

        // The same as edges, with names made unique, in any order.
        const unique = (names: string[]): string | null => (names.length === 0 ? null : names.join('/'));
        const edges = paths.flatMap((names, product) => [
          { child: codes[product], parent: unique(names) },
          ...names.map((_, depth) => ({
            child: unique(names.slice(0, depth + 1))!,
            parent: unique(names.slice(0, depth)),
          })),
        ]);
        const shuffled = edges
          .map((edge) => ({ edge, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ edge }) => edge);
        const fromEdges = treeFromEdges(codes, shuffled);
        const expected = paths.map((names) => names.map((_, depth) => unique(names.slice(0, depth + 1))));
        expect(pathsOf(fromEdges)).toEqual(expected);

        for (const tree of [fromPaths, fromEdges]) {
          tree.parents.forEach((parent, node) => {
            expect(parent).toBeLessThan(node);
          });
          const levels = Array.from({ length: levelCount(tree) }, (_, l) => [...nodesAtLevel(tree, l + 1)]);
          expect(levels.flat()).toEqual([...tree.names.keys()]);
          levels.forEach((nodes, l) => {
            expect(nodes.length).toBeGreaterThan(0);
            for (const node of nodes) expect(depthOf(tree, node)).toBe(l + 1);
          });
        }
      }),
    );
  });
});
