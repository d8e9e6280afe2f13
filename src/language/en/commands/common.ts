/** Fields that more than one command has. */

export const CUSTOMER = [
  'Customer',
  'The customer’s reference in your own system, never a name or number of theirs',
] as const;
