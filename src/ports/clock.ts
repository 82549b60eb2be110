/** Time comes in as an argument, so that a simulation can be its master. */
export type Clock = { now(): number; wait(ms: number): Promise<void> }
