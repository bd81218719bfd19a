/** How much of a list one page holds: what is taken where nothing is said, and what may be asked for. */
export const DEFAULT_PAGE = 50
export const LARGEST_PAGE = 200
