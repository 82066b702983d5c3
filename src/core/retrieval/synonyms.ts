/** Words that people use for the same thing, so that a question need not know what a table is called. */

/** Singular, lower case. A word may stand in several groups. */
type Group = readonly string[];

/** Hold in every field of business. */
const general: readonly Group[] = [
  ['customer', 'client', 'buyer', 'shopper', 'consumer'],
  ['user', 'account', 'member', 'login', 'person', 'people'],
  ['employee', 'staff', 'worker', 'personnel'],
  ['company', 'organization', 'organisation', 'firm', 'business'],
  ['tenant', 'organization', 'organisation', 'workspace'],
  ['picture', 'image', 'photo', 'media'],
  ['file', 'attachment', 'document', 'upload', 'asset'],
  ['category', 'type', 'group', 'classification'],
  ['tag', 'label', 'keyword'],
  ['comment', 'remark', 'note', 'reply'],
  ['message', 'notification', 'mail', 'email'],
  ['audit', 'history', 'log', 'trail', 'change'],
  ['role', 'permission', 'privilege', 'right', 'access'],
  ['setting', 'configuration', 'config', 'preference', 'option'],
  ['password', 'credential', 'secret', 'token'],
  ['session', 'login', 'token'],
  ['address', 'location', 'street', 'city', 'postcode', 'zip'],
  ['price', 'cost', 'amount', 'fee'],
  ['sum', 'total', 'revenue', 'turnover', 'sale'],
  ['quantity', 'number', 'count', 'amount'],
  ['status', 'state', 'phase'],
  ['begin', 'start', 'from'],
  ['end', 'finish', 'until', 'expiry'],
  ['appointment', 'booking', 'reservation'],
  ['report', 'statistic', 'summary', 'analytics'],
  ['phone', 'telephone', 'mobile'],
];

/** Hold only where the project is of that field (`Profile.domains`) or the field is not known. */
const byDomain: Readonly<Record<string, readonly Group[]>> = {
  'e-commerce': [
    ['order', 'purchase', 'buy', 'bought', 'sale', 'sell', 'sold', 'checkout'],
    ['cart', 'basket', 'trolley'],
    ['product', 'article', 'item', 'good', 'sku', 'merchandise'],
    ['line', 'item', 'position'],
    ['coupon', 'voucher', 'discount', 'promotion', 'rebate'],
    ['stock', 'inventory', 'warehouse', 'availability'],
    ['shipment', 'delivery', 'shipping', 'dispatch', 'parcel', 'fulfilment', 'fulfillment'],
    ['payment', 'pay', 'paid', 'charge', 'transaction'],
    ['refund', 'return', 'reimbursement'],
    ['review', 'rating', 'feedback', 'star'],
    ['brand', 'manufacturer', 'maker', 'vendor'],
    ['supplier', 'vendor', 'seller', 'merchant'],
    ['invoice', 'bill', 'billing'],
    ['variant', 'size', 'colour', 'color'],
  ],
  banking: [
    ['account', 'balance', 'iban'],
    ['transaction', 'transfer', 'booking', 'posting', 'payment'],
    ['ledger', 'journal', 'bookkeeping'],
    ['loan', 'credit', 'lending', 'debt', 'mortgage'],
    ['card', 'pan'],
  ],
  healthcare: [
    ['patient', 'person', 'sick'],
    ['physician', 'doctor', 'practitioner', 'clinician', 'provider'],
    ['encounter', 'visit', 'appointment', 'admission', 'consultation'],
    ['prescription', 'medication', 'drug', 'medicine'],
    ['diagnosis', 'condition', 'disease', 'illness'],
    ['observation', 'measurement', 'vital', 'lab', 'result'],
  ],
  education: [
    ['student', 'learner', 'pupil'],
    ['teacher', 'instructor', 'lecturer', 'tutor'],
    ['course', 'class', 'lesson', 'subject'],
    ['enrolment', 'enrollment', 'registration'],
    ['grade', 'mark', 'score', 'result'],
  ],
  logistics: [
    ['shipment', 'delivery', 'consignment', 'parcel', 'freight'],
    ['vehicle', 'truck', 'lorry', 'van'],
    ['carrier', 'haulier', 'courier'],
    ['depot', 'warehouse', 'hub'],
  ],
};

/** Every word that may stand for `word` (singular), itself left out. An unknown field of business takes all of them. */
export function synonymsOf(word: string, domains: readonly string[]): ReadonlySet<string> {
  const known = domains.filter((domain) => domain in byDomain);
  const groups = [
    ...general,
    ...(known.length === 0 ? Object.keys(byDomain) : known).flatMap((id) => byDomain[id] ?? []),
  ];
  const found = new Set(groups.filter((group) => group.includes(word)).flat());
  found.delete(word);
  return found;
}
