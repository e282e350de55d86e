/** An error whose message is a sentence for the person at the terminal. All others are faults of this program. */
export class Mistake extends Error {}
