/** Priorities as numbers, so that they can be compared: critical is the highest, what the bus does not know the lowest. */
export const HIGHEST_RANK = 4;
export const UNKNOWN_RANK = 0;

/** An event that names no priority has the contract's default, medium. */
export function rankOf(priority: string | undefined): number {
  switch (priority) {
    case 'critical':
      return HIGHEST_RANK;
    case 'high':
      return 3;
    case 'medium':
    case undefined:
      return 2;
    case 'low':
      return 1;
    default:
      return UNKNOWN_RANK;
  }
}
