/**
 * Words by which columns give away what they hold. A term matches at the end of a column's name, where English puts the thing
 * itself: `customer_email` is an e-mail address, `email_template` is a template. Sources: GDPR Art. 4(1) and 9(1), the 18
 * identifiers of HIPAA 45 CFR 164.514(b)(2), cardholder and authentication data of PCI DSS v4 (table 3), OWASP's secrets list.
 */
import type { Classification } from './model.ts';

/** What a table is about, told by the last noun of its name. */
export type TableTopic = 'person' | 'address' | 'health' | 'payment' | 'auth' | 'employment';

/** Values a term can be stored in; anything else (a boolean, a counter) is no such value. */
export type ValueShape = 'text' | 'number' | 'date' | 'choice';

export interface Term {
  /** Alternatives, each a sequence of words: `first name`. */
  readonly words: readonly string[];
  readonly kind: Classification['kind'];
  /** How sure the name alone makes us; absent = not at all without one of `topics`. */
  readonly alone?: Classification['confidence'];
  /** Topics of the table (or words before the term) that make it so, or surer. */
  readonly topics?: readonly TableTopic[];
  /** Confidence under one of the topics. */
  readonly within?: Classification['confidence'];
  readonly shapes: readonly ValueShape[];
  /** A place or an organisation has it too, and then it is nobody's personal data: the address of a warehouse. */
  readonly alsoOfPlaces?: true;
  /** Words right before the term that make it something else: `gift card number`. */
  readonly unless?: readonly string[];
}

/** Comma-separated phrases, which may run over lines. */
function list(phrases: string): readonly string[] {
  return phrases
    .trim()
    .split(/\s*,\s*/u)
    .map((phrase) => phrase.replace(/\s+/gu, ' '));
}

const text: readonly ValueShape[] = ['text'];
const textOrNumber: readonly ValueShape[] = ['text', 'number'];

export const terms: readonly Term[] = [
  // Personal data
  { words: ['email', 'e mail', 'mail address', 'email address'], kind: 'pii', alone: 'certain', shapes: text },
  {
    words: list(`
      phone, phone number, phone no, mobile number, mobile phone, cell phone, telephone, telephone number,
      msisdn, whatsapp, fax, fax number`),
    kind: 'pii',
    alone: 'certain',
    shapes: textOrNumber,
  },
  {
    words: ['mobile', 'cell', 'tel', 'contact number'],
    kind: 'pii',
    topics: ['person', 'address'],
    within: 'certain',
    shapes: textOrNumber,
  },
  {
    words: list(`
      first name, firstname, last name, lastname, surname, given name, family name, middle name, maiden name,
      forename`),
    kind: 'pii',
    alone: 'certain',
    shapes: text,
  },
  {
    words: ['full name', 'fullname', 'legal name', 'birth name'],
    kind: 'pii',
    topics: ['person'],
    within: 'certain',
    shapes: text,
  },
  { words: ['name'], kind: 'pii', topics: ['person'], within: 'likely', shapes: text },
  {
    words: list('nickname, username, user name, login, display name, screen name'),
    kind: 'pii',
    topics: ['person'],
    within: 'likely',
    shapes: text,
  },
  {
    words: list(`
      date of birth, birth date, birthdate, birthday, dob, born on, birth year, year of birth, place of birth,
      birth place, birthplace`),
    kind: 'pii',
    alone: 'certain',
    shapes: ['date', 'text', 'number'],
  },
  {
    words: list('age, photo, portrait, nationality, citizenship, biography'),
    kind: 'pii',
    topics: ['person'],
    within: 'likely',
    shapes: ['text', 'number', 'choice'],
  },
  {
    words: list(`
      gender, marital status, ethnicity, religion, sexual orientation, political opinion, trade union membership`),
    kind: 'pii',
    alone: 'likely',
    topics: ['person'],
    within: 'certain',
    shapes: ['text', 'choice', 'number'],
  },
  {
    words: ['sex', 'race'],
    kind: 'pii',
    topics: ['person', 'health'],
    within: 'certain',
    shapes: ['text', 'choice', 'number'],
  },
  {
    words: list(`
      ssn, social security number, social security no, national id, national id number, national identity
      number, identity card number, id card number, passport number, passport no, driver license, drivers
      license, driver licence, drivers licence, driver license number, drivers license number, driving licence
      number, license plate, national insurance number, aadhaar, aadhaar number, cpf, curp, bsn, pesel,
      personnummer, codice fiscale, tax identification number`),
    kind: 'pii',
    alone: 'certain',
    shapes: textOrNumber,
  },
  {
    words: ['passport', 'tax id', 'tax number', 'vat number', 'nin'],
    kind: 'pii',
    topics: ['person'],
    within: 'certain',
    shapes: textOrNumber,
  },
  {
    words: list(`
      street address, home address, postal address, mailing address, residential address, billing address,
      shipping address, delivery address`),
    kind: 'pii',
    alone: 'certain',
    alsoOfPlaces: true,
    shapes: text,
  },
  {
    words: list(`
      address, address line, street, street line, street name, house number, postal code, postcode, zip, zip
      code, city`),
    kind: 'pii',
    topics: ['person', 'address'],
    within: 'likely',
    alsoOfPlaces: true,
    shapes: textOrNumber,
    unless: list('wallet, contract, memory, mac, web, bucket, from, to, reply, token, server, host'),
  },
  {
    words: list('ip, ip address, ipv 4, ipv 6, remote addr, remote address'),
    kind: 'pii',
    alone: 'likely',
    shapes: text,
    unless: ['server', 'host', 'gateway', 'allowed'],
  },
  {
    words: list('latitude, longitude, lat, lng, location, geolocation'),
    kind: 'pii',
    topics: ['person'],
    within: 'likely',
    shapes: textOrNumber,
  },
  {
    words: ['device id', 'advertising id', 'idfa', 'mac address', 'imei'],
    kind: 'pii',
    topics: ['person', 'auth'],
    within: 'likely',
    shapes: text,
  },
  { words: ['iban', 'bank account number', 'bank account'], kind: 'pii', alone: 'certain', shapes: textOrNumber },
  {
    words: ['account number', 'routing number'],
    kind: 'pii',
    topics: ['person', 'payment'],
    within: 'likely',
    shapes: textOrNumber,
  },
  {
    words: ['salary', 'income', 'wage'],
    kind: 'pii',
    topics: ['person', 'employment'],
    within: 'likely',
    shapes: textOrNumber,
  },

  // Health data
  {
    words: list(`
      diagnosis, diagnoses, icd 10, icd code, medical record number, mrn, medical history, blood type, blood
      group, health insurance number`),
    kind: 'phi',
    alone: 'certain',
    shapes: ['text', 'number', 'choice'],
  },
  {
    words: list(`
      prescription, medication, medications, allergy, allergies, symptoms, lab result, test result, disability`),
    kind: 'phi',
    alone: 'likely',
    topics: ['health'],
    within: 'certain',
    // A number of these counts or numbers them.
    shapes: ['text', 'choice'],
  },
  {
    words: list(`
      treatment, treatment plan, condition, procedure, dosage, result, notes, finding, findings, observation,
      vaccine, weight, height, blood pressure, heart rate, insurance number, insurance id, policy number`),
    kind: 'phi',
    topics: ['health'],
    within: 'likely',
    shapes: ['text', 'number', 'choice'],
  },

  // Payment cards
  {
    words: list(`
      card number, card no, credit card, credit card number, debit card number, cc number, ccnumber, primary
      account number`),
    kind: 'pan',
    alone: 'certain',
    shapes: textOrNumber,
    unless: list(`
      gift, loyalty, membership, member, library, id, identity, sim, insurance, medicare, business, report,
      student, voucher, access, punch, fuel, discount, bonus, distribution, badge, attendance`),
  },
  {
    words: list('cvv, cvc, cvv 2, cvc 2, card security code, card verification value'),
    kind: 'pan',
    alone: 'certain',
    shapes: textOrNumber,
  },
  {
    words: ['pan', 'security code', 'track data', 'card'],
    kind: 'pan',
    topics: ['payment'],
    within: 'likely',
    shapes: textOrNumber,
    unless: ['gift', 'loyalty'],
  },
  {
    words: ['cardholder name', 'cardholder', 'card holder', 'card holder name', 'name on card'],
    kind: 'pan',
    alone: 'certain',
    shapes: text,
  },
  {
    words: ['card expiry', 'card expiration', 'card expiry date', 'card expiration date', 'card exp'],
    kind: 'pan',
    alone: 'likely',
    shapes: ['text', 'date', 'number'],
  },

  // Credentials
  {
    words: list('password, passwd, pwd, passphrase, pass phrase, user password'),
    kind: 'secret',
    alone: 'certain',
    shapes: text,
  },
  {
    words: list(`
      api key, apikey, private key, secret key, signing key, encryption key, client secret, webhook secret, totp
      secret, otp secret, two factor secret, two fa secret, 2 fa secret, mfa secret, shared secret, access
      token, refresh token, auth token, authentication token, bearer token, session token, id token, oauth
      token, reset token, reset password token, verification token, confirmation token, activation token, api
      token, remember token, recovery codes, recovery code, backup codes, ssh key, connection string,
      credentials`),
    kind: 'secret',
    alone: 'certain',
    shapes: text,
    unless: ['public', 'blob', 'translation'],
  },
  {
    words: list('secret, one time password, one time code, otp, otp code, salt'),
    kind: 'secret',
    alone: 'likely',
    shapes: textOrNumber,
  },
  {
    words: ['token', 'pin', 'invite token', 'invitation token', 'identifier token'],
    kind: 'secret',
    topics: ['auth'],
    within: 'likely',
    shapes: textOrNumber,
  },
  {
    words: ['verification code', 'reset code', 'security answer', 'secret answer'],
    kind: 'secret',
    alone: 'likely',
    shapes: textOrNumber,
  },
];

/** Last nouns of table names (singular) and what such a table is about. */
export const topicWords: Readonly<Record<TableTopic, readonly string[]>> = {
  person: list(`
      user, customer, person, people, patient, employee, contact, member, subscriber, guest, passenger, student,
      pupil, applicant, candidate, recipient, lead, staff, driver, doctor, nurse, physician, teacher,
      administrator, admin, citizen, resident, tenant user, author, attendee, participant, visitor, donor,
      beneficiary, cardholder, buyer, shopper, courier, consumer, individual, child, parent guardian, guardian,
      receiver, sender, payer, payee, owner, referrer, respondent, insured, client`),
  address: list('address, billing, shipping, delivery, residence, home'),
  health: list(`
      patient, encounter, diagnosis, prescription, medication, allergy, immunization, vaccination, clinical,
      medical, health, observation, lab, admission, surgery, therapy, treatment`),
  payment: list('payment, card, transaction, billing, checkout, charge, payout, bank, wallet'),
  auth: list(`
      session, user, auth, authentication, login, token, verification, reset, password, credential, invitation,
      invite, oauth, account, api, identity, access, refresh, recovery, otp, mfa`),
  employment: ['employee', 'contract', 'payroll', 'staff', 'position'],
};

/** Last nouns of tables about places and organisations. */
export const placeWords: readonly string[] = list(`
  warehouse, store, shop, branch, office, company, organization, organisation, supplier, vendor, manufacturer, hotel, restaurant, venue,
  location, depot, hospital, clinic, school, university, site, facility, factory, station, airport, stop, terminal, outlet, pharmacy, bank,
  merchant, brand, property, building, event`);

/** Table nouns that only describe the word before them: a `user_profile` is about a user, a `user_role` is not. */
export const describingNouns: readonly string[] = list(`
      profile, detail, info, information, account, datum, data, record, entity, model, history, archive,
      snapshot, table, tbl, v1, v2`);

/** Last words of a column's name that only say how the value is stored: `password_hash`, `email_normalized`, `address_line_2`. */
export const storageWords: readonly string[] = list(`
      hash, hashed, digest, encrypted, enc, cipher, ciphertext, normalized, canonical, lower, raw, plain,
      plaintext, text, value, primary, secondary, masked, bidx, 1, 2, 3, old, previous, new`);
