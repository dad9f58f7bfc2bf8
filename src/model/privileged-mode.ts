/** What a user allows: privileges where they are to be had, never, or nothing without them. */
export const privilegedModes = ['auto', 'never', 'required'] as const;
export type PrivilegedMode = (typeof privilegedModes)[number];
