import { PairwellError } from '../../errors.ts';

/** `bad-input` for rows of which no rules can be had, whatever the options: too few of a class, or no column that says anything. */
export class NothingToInduce extends PairwellError {
  constructor(message: string, details: Readonly<Record<string, unknown>>) {
    super('bad-input', message, details);
  }
}
