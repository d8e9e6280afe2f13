/** Why a rule about a privacy request says no: each reason's code and the facts its words need. Must not know: wording. */
export type RequestReasons = Record<never, never>;
