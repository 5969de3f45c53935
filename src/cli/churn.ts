import { Command } from 'commander';
import { churnActionsCommand } from './churn-actions.ts';
import { churnEvaluateCommand } from './churn-evaluate.ts';

export function churnCommand(): Command {
  return new Command('churn')
    .description('Who leaves, and what to do about it')
    .addCommand(churnActionsCommand())
    .addCommand(churnEvaluateCommand());
}
