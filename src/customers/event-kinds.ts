/** Kinds of events that tell of a customer's standing with the shop: one spelling for whoever takes them in or makes something of them. */
export const complaintSolvedKind = 'complaint-solved';
export const referralKind = 'referral';
export const deathKind = 'death';
export const winbackOfferKind = 'winback-offer';

/** By which customers say that they want no mails, no contact at all, or are put on a list of those whom nobody may contact. */
export const unsubscribeKind = 'unsubscribe';
export const optOutKind = 'opt-out';
export const doNotContactKind = 'do-not-contact';

/** The first takes back `unsubscribe` alone, the second whatever was said against contact. */
export const subscribeKind = 'subscribe';
export const optInKind = 'opt-in';
