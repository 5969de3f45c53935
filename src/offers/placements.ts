/** Where an offer stands, and how many are shown there unless the request says. */
export const placements = {
  home: { limit: 8 },
  product: { limit: 8 },
  cart: { limit: 4 },
  checkout: { limit: 3 },
  'post-purchase': { limit: 6 },
  email: { limit: 6 },
} as const;

export type Placement = keyof typeof placements;

export const placementNames = Object.keys(placements) as [Placement, ...Placement[]];
