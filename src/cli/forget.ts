import { Command } from 'commander';
import { forgetCustomer, welcomeBack } from '../forget/forget-customer.ts';
import { withDatabase } from './context.ts';

export function forgetCommand(): Command {
  return new Command('forget')
    .description(
      'Forget a customer: delete the id and all that is told of the person, from the database and from stored models; what was counted stays',
    )
    .argument('<customer>', "the customer's id")
    .option('--welcome-back', 'let somebody who was forgotten be a customer again; nothing comes back')
    .action(async (customer: string, { welcomeBack: isBack = false }: { welcomeBack?: boolean }) =>
      withDatabase(async (database, config) => {
        if (isBack) {
          await welcomeBack(database, customer);
          process.stderr.write('What comes of the customer from now on is stored.\n');
          return;
        }
        const found = await forgetCustomer(database, customer, config.PAIRWELL_SEGMENT_BY);
        process.stdout.write(`${JSON.stringify(found)}\n`);
      }),
    );
}
