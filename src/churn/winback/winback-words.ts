import { figure, inAll, percents, type Words, words } from '../words.ts';
import type { OfferAnswers } from './offer-answers.ts';
import type { OffersMadeTally } from './offers-made.ts';
import type { PlanChoice, WinbackPlan } from './plan.ts';
import { suppressions, suppressionWords } from './suppression.ts';
import type { WinbackStudy } from './winback-study.ts';

/** With fewer answers than this, shares won back are the published ones more than the shop's. */
const fewestAnswers = 50;

/** What a study says, for a manager to read. */
export function winbackSentences(
  study: Omit<WinbackStudy, 'sentences'>,
  answers: readonly OfferAnswers[],
): Words[] {
  const { model, customer, baseline, plan, offers, livesSeen, livesSeenWithOffer } = study;
  const told: Words[] = [];
  if (customer.length === 0)
    told.push(words('Nobody is lost today.', '目前没有流失客户。', '目前沒有流失客戶。'));
  if (model.share !== null) {
    const { returned, leavings, horizonDays, share } = model;
    told.push(
      inAll((language) => {
        const part = percents(share, language);
        if (language === 'en')
          return `Of ${leavings} who left and could be followed, ${returned} (${part}) came back by themselves within ${horizonDays} days.`;
        return language === 'zh-Hans'
          ? `可追踪的 ${leavings} 位流失客户中，${returned} 位（${part}）在 ${horizonDays} 天内自行回归。`
          : `可追蹤的 ${leavings} 位流失客戶中，${returned} 位（${part}）在 ${horizonDays} 天內自行回歸。`;
      }),
    );
  }
  if (model.caution) told.push(model.caution);
  if (plan && customer.length > 0)
    told.push(
      ...planSentences(
        plan,
        offers.map((offer) => offer.words),
      ),
    );
  const mean = baseline.reduce((sum, chance) => sum + chance, 0) / baseline.length;
  const lowest = Math.min(...offers.map((offer) => (offer.wonBackOf === 'all' ? offer.wonBack : 1)));
  if (mean > lowest / 2)
    told.push(
      inAll((language) => {
        const part = percents(mean, language);
        if (language === 'en')
          return `${part} of those who are lost today are expected back without any offer: by this definition many leave who have not. Let a control group go without an offer before spending much.`;
        return language === 'zh-Hans'
          ? `当前流失客户中预计 ${part} 无需优惠也会回归：按此定义，许多客户并未真正流失。大额投入前请设置不发优惠的对照组。`
          : `目前流失客戶中預計 ${part} 無需優惠也會回歸：依此定義，許多客戶並未真正流失。大額投入前請設定不發優惠的對照組。`;
      }),
    );
  const offered = answers.reduce((sum, answer) => sum + answer.offered, 0);
  if (offered < fewestAnswers)
    told.push(
      words(
        `Answers to win-back offers: ${offered}. What offers win back is a stated belief (by default the table of Kumar, Bhagwat and Zhang, 2015, of a telephone company) until there are more.`,
        `挽回优惠的答复数：${offered}。在积累更多之前，挽回率为预设的先验（默认取 Kumar、Bhagwat 与 Zhang 2015 年电信公司研究之表）。`,
        `挽回優惠的回應數：${offered}。在累積更多之前，挽回率為預設的先驗（預設取 Kumar、Bhagwat 與 Zhang 2015 年電信公司研究之表）。`,
      ),
    );
  told.push(...madeSentences(study.offersMade, model.horizonDays));
  if (livesSeenWithOffer === 0)
    told.push(
      words(
        `Second lives seen: ${livesSeen} without an offer, none with one. How long those with an offer last is a stated belief.`,
        `已观察到的回归后客户：未经优惠 ${livesSeen} 位，经优惠 0 位。优惠带来的回归能持续多久为预设的先验。`,
        `已觀察到的回歸後客戶：未經優惠 ${livesSeen} 位，經優惠 0 位。優惠帶來的回歸能持續多久為預設的先驗。`,
      ),
    );
  return told;
}

/** What there is to say of offers that are no answers. */
function madeSentences({ open, notLost, unknown, others }: OffersMadeTally, horizonDays: number): Words[] {
  const told: Words[] = [];
  if (open > 0)
    told.push(
      words(
        `Win-back offers still open: ${open}. They count as answers ${horizonDays} days after they were made.`,
        `尚在等待结果的挽回优惠：${open}。发出 ${horizonDays} 天后方计为答复。`,
        `尚在等待結果的挽回優惠：${open}。發出 ${horizonDays} 天後方計為回應。`,
      ),
    );
  if (notLost > 0)
    told.push(
      words(
        `Win-back offers to customers who were not lost that day: ${notLost}. Nothing is learnt from them.`,
        `发给当日尚未流失客户的挽回优惠：${notLost}，不计入学习。`,
        `發給當日尚未流失客戶的挽回優惠：${notLost}，不計入學習。`,
      ),
    );
  if (unknown > 0) {
    const names = others.map(({ offer }) => JSON.stringify(offer)).slice(0, 5);
    const list = `${names.join(', ')}${others.length > 5 ? ', …' : ''}`;
    told.push(
      words(
        `Win-back offers of names that are none of the offers here (${list}): ${unknown}. Who came back for them is left out.`,
        `名称不在优惠之列的挽回优惠（${list}）：${unknown}，因此回归的客户不计入。`,
        `名稱不在優惠之列的挽回優惠（${list}）：${unknown}，因此回歸的客戶不計入。`,
      ),
    );
  }
  return told;
}

function planSentences(plan: WinbackPlan, names: readonly Words[]): Words[] {
  const told = [
    aimSentence(plan.budget, plan.mostProfit, names, {
      en: 'For the best return',
      'zh-Hans': '以回报最高为目标',
      'zh-Hant': '以回報最高為目標',
    }),
    aimSentence(plan.budget, plan.mostWonBack, names, {
      en: 'For most customers back',
      'zh-Hans': '以挽回最多客户为目标',
      'zh-Hant': '以挽回最多客戶為目標',
    }),
  ];
  const counts = suppressions
    .map((why) => ({ why, count: plan.suppressed.filter((one) => one === why).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return told;
  told.push(
    inAll((language) => {
      const isEnglish = language === 'en';
      const list = counts.map(({ why, count }) => `${suppressionWords[why][language]} ${count}`);
      if (isEnglish) return `Not contacted: ${list.join(', ')}.`;
      return `${language === 'zh-Hans' ? '不予联系' : '不予聯絡'}：${list.join('、')}。`;
    }),
  );
  return told;
}

function aimSentence(
  budget: number,
  { contacted, wonBack, extra, spend, profit, returnOnInvestment, byOffer }: PlanChoice,
  names: readonly Words[],
  aim: Words,
): Words {
  const limit = figure(budget);
  if (contacted === 0)
    return words(
      `${aim.en}, a budget of ${limit} buys nothing that pays.`,
      `${aim['zh-Hans']}：预算 ${limit} 内没有合算的优惠。`,
      `${aim['zh-Hant']}：預算 ${limit} 內沒有划算的優惠。`,
    );
  return inAll((language) => {
    const list = byOffer
      .map((count, o) => ({ count, name: names[o][language] }))
      .filter(({ count }) => count > 0)
      .map(({ count, name }) => `${name} ${count}`)
      .join(language === 'en' ? ', ' : '、');
    const [won, more, cost, gain] = [wonBack, extra, spend, profit].map(figure);
    const roi = returnOnInvestment === null ? '–' : percents(returnOnInvestment, language);
    if (language === 'en')
      return `${aim.en} within ${limit}: offers to ${contacted} customers (${list}); ${won} are expected back, ${more} of them for the offer; expected cost ${cost}, profit ${gain}, return on investment ${roi}.`;
    return language === 'zh-Hans'
      ? `${aim[language]}，预算 ${limit}：联系 ${contacted} 位客户（${list}）；预计 ${won} 位回归，其中 ${more} 位因优惠而归；预计成本 ${cost}，利润 ${gain}，投资回报率 ${roi}。`
      : `${aim[language]}，預算 ${limit}：聯絡 ${contacted} 位客戶（${list}）；預計 ${won} 位回歸，其中 ${more} 位因優惠而歸；預計成本 ${cost}，利潤 ${gain}，投資報酬率 ${roi}。`;
  });
}
