import { randomUUID } from 'node:crypto';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type OwnersChoice, ownersChoices } from '../audience/select-customers.ts';
import type { Model } from '../model/model.ts';
import { type OfferKind, offerKinds } from '../offers/offer-kinds.ts';
import { placementNames } from '../offers/placements.ts';
import { isLanguageTag } from '../offers/words/languages.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import { type RuleFormatName, ruleFormats } from '../rules/formats/table.ts';
import { type SegmentKind, segmentKinds } from '../serving/customer-segments.ts';
import { ruleFile } from '../serving/rule-file.ts';
import { withDatabase } from './context.ts';
import { exportAudience } from './export-audience.ts';
import { exportChurn } from './export-churn.ts';
import { exportOffers, type OfferExport } from './export-offers.ts';
import { exportSegments, type SegmentExport } from './export-segments.ts';
import { checkWritable, stdout, writeChunks } from './mine-output.ts';
import { filePath, modelVersion, wholeNumber } from './options.ts';
import { readModel } from './read-model.ts';

interface ExportOptions extends Partial<Pick<OfferExport, OfferOption>> {
  format: RuleFormatName;
  out: string;
  set?: RuleSetName | SegmentExport['set'];
  kind?: SegmentKind;
  product?: string;
  owners?: OwnersChoice;
  model?: number;
}

/** Options of offers alone. */
const offerOptions = ['placement', 'limit', 'kinds', 'language', 'segment', 'threads'] as const;
type OfferOption = (typeof offerOptions)[number];

const ruleSets = ['shown', 'all'] as const;
type RuleSetName = (typeof ruleSets)[number];

const segmentSets = ['members', 'segments'] as const satisfies readonly SegmentExport['set'][];

/** Rules of a model with the codes of products as names, in the order of the model. */
function ruleSetOf({ itemCodes, rules, insights }: Model, set: RuleSetName): RuleSet {
  const numbers = rules.consequent
    .map((_, rule) => rule)
    .filter((rule) => set === 'all' || insights.tests.isShown[rule] === 1);
  return ruleFile(rules, numbers, (item) => itemCodes.get(item), insights);
}

async function exportRules({
  format,
  out,
  set,
  model: version,
}: ExportOptions & { set: RuleSetName }): Promise<void> {
  await checkWritable(out);
  // The database is closed before anything is written: whoever reads a pipe may take long.
  const { model } = await withDatabase((database) => readModel(database, version));
  const rules = ruleSetOf(model, set);
  await writeChunks(ruleFormats[format].chunks(rules), out);
}

/** Which of `sets` is wanted, the first by default; another one is wrong usage. */
function setOf<Name extends string>(
  set: string | undefined,
  sets: readonly Name[],
  what: string,
  command: Command,
): Name {
  const found = sets.find((name) => name === (set ?? sets[0]));
  return found ?? command.error(`error: --set ${set} is not of ${what}: there is ${sets.join(', ')}.`);
}

const written = { offers: 'offers are', audience: 'an audience is', churn: 'churn is' } as const;

async function exportWhat(
  what: 'rules' | 'segments' | 'audience' | 'offers' | 'churn',
  { set, ...options }: ExportOptions,
  command: Command,
): Promise<void> {
  const { format, kind, product, owners } = options;
  if (what !== 'audience') {
    const stray = product !== undefined ? '--product' : owners !== undefined ? '--owners' : undefined;
    if (stray) command.error(`error: ${stray} is of an audience: leave it out for ${what}.`);
  }
  if (what !== 'offers') {
    const stray = offerOptions.find((name) => options[name] !== undefined);
    if (stray) command.error(`error: --${stray} is of offers: leave it out for ${what}.`);
  }
  if (what === 'rules') {
    if (kind !== undefined) command.error('error: --kind is of segments: leave it out for rules.');
    await exportRules({ ...options, set: setOf(set, ruleSets, what, command) });
    return;
  }
  if (format !== 'csv' && format !== 'json') {
    const why =
      what === 'segments'
        ? `segments are written as csv or json: ${format} has no place for how customers come into them`
        : `${written[what]} written as csv or json: ${format} is of rules`;
    return command.error(`error: ${why}.`);
  }
  if (what === 'offers') {
    const stray = set !== undefined ? '--set' : kind !== undefined ? '--kind' : undefined;
    if (stray) command.error(`error: ${stray} is of rules and segments: leave it out for offers.`);
    const { placement = 'email' } = options;
    return exportOffers({ ...options, placement, format }, Date.now(), randomUUID());
  }
  if (what === 'churn') {
    const stray = set !== undefined ? '--set' : kind !== undefined ? '--kind' : undefined;
    if (stray) command.error(`error: ${stray} is of rules and segments: leave it out for churn.`);
    return exportChurn({ ...options, format });
  }
  if (what === 'audience') {
    const stray = set !== undefined ? '--set' : kind !== undefined ? '--kind' : undefined;
    if (stray) command.error(`error: ${stray} is of rules and segments: leave it out for an audience.`);
    if (product === undefined)
      return command.error('error: an audience is of a product: name it by --product.');
    return exportAudience({ ...options, product, format }, Date.now());
  }
  await exportSegments({ ...options, format, set: setOf(set, segmentSets, what, command) });
}

function tagOfLanguage(text: string): string {
  if (isLanguageTag(text)) return text;
  throw new InvalidArgumentError('It must be a language tag such as en, de, fr-CA or zh-Hant.');
}

function kindList(text: string): OfferKind[] {
  return text.split(',').map((word) => {
    const kind = offerKinds.find((one) => one === word.trim());
    if (kind) return kind;
    throw new InvalidArgumentError(
      `There is no kind ${JSON.stringify(word)}: there is ${offerKinds.join(', ')}.`,
    );
  });
}

export function exportCommand(): Command {
  return new Command('export')
    .description(
      'Write rules, segments, the audience of a product, offers for every customer or who leaves by the model in service, or by an earlier one, for other programs',
    )
    .addArgument(
      new Argument('<what>', 'what to write').choices(['rules', 'segments', 'audience', 'offers', 'churn']),
    )
    .addOption(
      new Option(
        '--format <format>',
        'spmf has no tests; arules is a table that R reads; segments, audience, offers and churn: csv or json',
      )
        .choices(Object.keys(ruleFormats))
        .default('csv'),
    )
    .addOption(
      new Option(
        '--set <set>',
        'rules: shown (significant, productive, not redundant; the default) or all; ' +
          'segments: members (customers with segments and figures; the default) or segments',
      ).choices([...ruleSets, ...segmentSets]),
    )
    .addOption(
      new Option('--kind <kind>', 'of segments: what they are made by (default: all)').choices(segmentKinds),
    )
    .option('--product <id>', 'of an audience: what it is for')
    .addOption(
      new Option(
        '--owners <who>',
        'of an audience: customers who have it (default: excluded, unless it is bought again and again)',
      ).choices(ownersChoices),
    )
    .addOption(
      new Option('--placement <name>', 'of offers: where they are to stand (default: email)').choices(
        placementNames,
      ),
    )
    .option(
      '--limit <n>',
      'of offers: to one customer at most (default: the placement decides)',
      wholeNumber(1, 100),
    )
    .option(
      '--kinds <list>',
      `of offers: which kinds of those of the placement, of ${offerKinds.join(',')}`,
      kindList,
    )
    .option('--language <tag>', "of offers: that reasons are told in (default: the shop's)", tagOfLanguage)
    .option('--segment <id>', 'of offers: whose customers alone are written, such as tier-peak or country=DE')
    .option(
      '--threads <n>',
      'of offers: that share the work (default: PAIRWELL_THREADS, else one per core)',
      wholeNumber(1, 256),
    )
    .option('--model <version>', 'which model (default: the one in service)', modelVersion)
    .option('--out <file>', 'where they go; - is stdout', filePath, stdout)
    .action(exportWhat);
}
