/** Why a rule about a disclosure says no: each reason's code and the facts its words need. Must not know: wording. */
export type DisclosureReasons = Record<never, never>;
